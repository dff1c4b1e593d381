import { deploymentPage, shownDeployment } from "./deployment-page.ts";
import { ensureRunning, untilEnded, untilQuiet } from "./deployments.ts";
import { axe, expect, signIn, test, visit } from "./fixtures.ts";
import { loadBalancerUrl } from "./product.ts";

test.describe.configure({ timeout: 300_000 });

const place = { service: "qkart-backend", environment: "development" } as const;

/** What the running process was started with, as it says itself through the load balancer. */
async function deliveryDays(): Promise<number | null> {
  const answer = await fetch(`${loadBalancerUrl(place.environment)}/api/settings`);
  return ((await answer.json()) as { deliveryDays: number | null }).deliveryDays;
}

test("a variable is saved, applied, runs, and is taken back with one click", async ({ api, page }) => {
  await ensureRunning(api, place, "1.1.0");
  await untilQuiet(api, place);
  const before = await api.variables.get(place);
  expect(await deliveryDays()).toBeNull();

  await signIn(page, "release");
  await visit(page, "/services/qkart-backend/variables?environment=development");
  await page.getByRole("button", { name: "Add variable…" }).click();
  const form = page.getByRole("dialog", { name: "Add a variable" });
  await form.getByLabel("Name").fill("DELIVERY_DAYS");
  await form.getByLabel("Value").fill("4");
  await axe(page);
  await form.getByRole("button", { name: "Add variable" }).click();
  await page.getByRole("button", { name: "Review and save…" }).click();
  const review = page.getByRole("dialog", { name: "Save variables of qkart-backend in development" });
  await expect(review.getByRole("region", { name: "What changes" })).toContainText("DELIVERY_DAYS");
  await axe(page);
  await review.getByLabel("Reason").fill("We deliver faster");
  await review.getByRole("button", { name: `Save version ${before.number + 1}` }).click();
  await expect(review).toBeHidden();

  await page.getByRole("button", { name: `Apply version ${before.number + 1}…` }).click();
  const apply = page.getByRole("dialog", { name: "Apply variables of qkart-backend in development" });
  await expect(apply.getByText("backend.environment.DELIVERY_DAYS")).toBeVisible();
  await axe(page);
  await apply.getByRole("button", { name: `Apply version ${before.number + 1}` }).click();
  await expect(page).toHaveURL(/\/deployments\/dep_/);
  await deploymentPage(page).ends("succeeded");
  const applied = shownDeployment(page);
  expect(await api.deployments.get({ deployment: applied })).toMatchObject({
    kind: "config",
    release: { version: "1.1.0" },
    variables: { to: before.number + 1, added: ["DELIVERY_DAYS"] },
  });
  expect(await deliveryDays()).toBe(4);

  await visit(page, "/changes?service=qkart-backend&environment=development");
  const change = page
    .getByRole("listitem")
    .filter({ hasText: `variables ${before.number + 1} applied` })
    .first();
  await change.getByRole("button", { name: /^Undo/ }).click();
  await page.getByRole("button", { name: `Revert to version ${before.number}` }).click();
  await expect(page).not.toHaveURL(/\/changes/);
  expect(shownDeployment(page)).not.toBe(applied);
  expect((await untilEnded(api, shownDeployment(page))).status).toBe("succeeded");
  expect(await deliveryDays()).toBeNull();
  const after = await api.variables.get(place);
  expect(after.entries).toEqual(before.entries);
});
