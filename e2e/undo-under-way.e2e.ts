import { deploymentPage, shownDeployment } from "./deployment-page.ts";
import { ensureRunning, untilEnded, untilQuiet } from "./deployments.ts";
import { axe, expect, signIn, test } from "./fixtures.ts";
import { versionServed } from "./load-balancer.ts";

test.describe.configure({ timeout: 300_000 });

const place = { service: "qkart-backend", environment: "development" } as const;

test.beforeEach(async ({ api }) => {
  await ensureRunning(api, place, "1.0.0");
  await untilQuiet(api, place);
});

test("a rollout under way is stopped from the service's page", async ({ api, page }) => {
  await signIn(page, "release");
  await page.goto("/services/qkart-backend?environment=development");
  const { id } = await api.deployments.create({ ...place, version: "1.1.0", reason: "To be stopped" });
  await expect(page.getByRole("main").getByRole("link", { name: /^1\.1\.0 / })).toBeVisible();
  await page.getByRole("button", { name: "Roll back…" }).click();
  const dialog = page.getByRole("dialog", { name: "Roll back qkart-backend in development" });
  await expect(dialog.getByText(/^The rollout stops/)).toBeVisible();
  await dialog.getByRole("button", { name: "Stop and roll back" }).click();

  await expect(page).toHaveURL(`/deployments/${id}`);
  await deploymentPage(page).ends("rolled back");
  expect(await untilEnded(api, id)).toMatchObject({ status: "rolled_back" });
  expect(await versionServed("development")).toBe("1.0.0");
});

test("a deployment is called off on its own page, with a reason", async ({ api, page }) => {
  await signIn(page, "release");
  await page.goto("/services/qkart-backend?environment=development&act=deploy");
  await page.getByRole("button", { name: "Deploy 1.1.0 to development" }).click();
  await expect(page).toHaveURL(/\/deployments\/dep_/);
  await page.getByRole("button", { name: "Cancel…" }).click();
  const dialog = page.getByRole("dialog", { name: /Cancel/ });
  await dialog.getByLabel("Reason").fill("Wrong environment");
  await axe(page);
  await dialog.getByRole("button", { name: "Cancel deployment" }).click();
  await expect(dialog).toBeHidden();

  await deploymentPage(page).ends("cancelled");
  expect((await untilEnded(api, shownDeployment(page))).status).toBe("cancelled");
  expect(await versionServed("development")).toBe("1.0.0");
  const { items } = await api.audit.list({ subject: shownDeployment(page), limit: 50 });
  expect(items.find(({ action }) => action === "deployment.cancel")).toMatchObject({
    reason: "Wrong environment",
    actor: { name: "Rhea Release" },
  });
});
