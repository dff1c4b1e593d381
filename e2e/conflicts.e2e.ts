import type { Page } from "@playwright/test";
import { chooseRelease, deploymentPage, shownDeployment } from "./deployment-page.ts";
import { ensureRunning, untilEnded, untilQuiet } from "./deployments.ts";
import { axe, expect, signIn, test, visit } from "./fixtures.ts";
import { versionServed } from "./load-balancer.ts";
import { ecsIsBack, ecsRefuses } from "./local-aws.ts";

const place = { service: "qkart-backend", environment: "development" } as const;
const address = "/services/qkart-backend?environment=development";

test.afterEach(ecsIsBack);

test("one deployment is waited for, and another takes its place; a lock keeps the next one out", async ({
  api,
  page,
}) => {
  await ensureRunning(api, place, "1.0.0");
  await untilQuiet(api, place);
  await signIn(page, "release");
  await visit(page, address);
  // From here nothing that begins can end, however long the pages take.
  await ecsRefuses("DescribeServiceDeployments");
  const first = await api.deployments.create({ ...place, version: "1.1.0", reason: "To be superseded" });
  await expect(page.getByRole("main").getByRole("link", { name: /^1\.1\.0 / })).toBeVisible();

  const waiting = await deployAgainst(page, "1.0.0", "Wait for it");
  await expect(page.getByRole("main").getByText("queued", { exact: true })).toBeVisible();
  await expect(
    page.getByRole("status").filter({ hasText: /^It begins when this has ended: 1\.1\.0 is being deployed by/ }),
  ).toBeVisible();
  await axe(page);

  // Tasks come and go meanwhile: the page has to say what the server said.
  await visit(page, address);
  const last = await deployAgainst(page, "1.1.0", "Take its place now");
  expect(await api.deployments.get({ deployment: first.id })).toMatchObject({
    status: "superseded",
    supersededBy: { id: last },
  });
  await ecsIsBack();
  await deploymentPage(page).ends("succeeded");
  expect((await untilEnded(api, last)).status).toBe("succeeded");
  await page.goto(`/deployments/${waiting}`);
  await expect(page.getByRole("main").getByText("superseded", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "1.1.0 took its place" }).click();
  await expect(page).toHaveURL(`/deployments/${last}`);
  expect(await versionServed("development")).toBe("1.1.0");

  await visit(page, address);
  await page.getByRole("button", { name: "Lock…" }).click();
  const dialog = page.getByRole("dialog", { name: "Lock against deployments" });
  await dialog.getByLabel("Reason").fill("Stocktaking");
  await axe(page);
  await dialog.getByRole("button", { name: "Lock", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(
    page.getByText(/^qkart-backend in development is locked by Rhea Release until .*: Stocktaking\.$/).first(),
  ).toBeVisible();
  await expect(page.getByRole("button", { name: "Deploy…" })).toHaveAttribute("aria-disabled", "true");
  await axe(page);
  await page.getByRole("button", { name: "Lift lock…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Lift lock" }).click();
  await expect(page.getByRole("button", { name: "Deploy…" })).not.toHaveAttribute("aria-disabled");
});

/** Deploys while another is under way, with one of the choices that the dialog offers; answers the deployment's id. */
async function deployAgainst(page: Page, version: string, choice: string): Promise<string> {
  await page.getByRole("button", { name: "Deploy…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("group", { name: /^1\.1\.0 is being deployed by/ })).toBeVisible();
  await chooseRelease(dialog, version);
  await dialog.getByLabel(choice).check();
  await axe(page);
  await dialog.getByRole("button", { name: `Deploy ${version} to development` }).click();
  await expect(page).toHaveURL(/\/deployments\/dep_/);
  return shownDeployment(page);
}
