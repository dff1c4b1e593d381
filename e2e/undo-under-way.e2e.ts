import { chooseRelease, deploymentPage, shownDeployment } from "./deployment-page.ts";
import { ensureRunning, untilEnded, untilQuiet } from "./deployments.ts";
import { axe, expect, signIn, test, visit } from "./fixtures.ts";
import { versionServed } from "./load-balancer.ts";
import { ecsAnswers, ecsCalls, ecsIsBack } from "./local-aws.ts";

test.describe.configure({ timeout: 300_000 });

const place = { service: "qkart-backend", environment: "development" } as const;

test.beforeEach(async ({ api }) => {
  await ensureRunning(api, place, "1.1.0");
  await untilQuiet(api, place);
});
test.afterEach(ecsIsBack);

test("a rollout whose answers are lost is stopped from the service's page", async ({ api, page }) => {
  const since = Date.now();
  await signIn(page, "release");
  await visit(page, "/services/qkart-backend?environment=development");
  // The answer to the one call that must happen once is lost, however often the SDK asks on the way. And its end cannot be
  // seen, however long the page takes.
  const lost = { UpdateService: { kind: "drop-answer", times: 3 } } as const;
  await ecsAnswers({ ...lost, DescribeServiceDeployments: "unavailable" });
  const { id } = await api.deployments.create({ ...place, version: "1.0.0", reason: "To be stopped" });
  const begun = async () => (await ecsCalls("UpdateService", since)).length;
  await expect.poll(begun, { intervals: [20] }).toBeGreaterThan(0);
  await expect(page.getByRole("main").getByRole("link", { name: /^1\.0\.0 / })).toBeVisible();
  await page.getByRole("button", { name: "Roll back…" }).click();
  const dialog = page.getByRole("dialog", { name: "Roll back qkart-backend in development" });
  await expect(dialog.getByText(/^The rollout stops/)).toBeVisible();
  await axe(page);
  await dialog.getByRole("button", { name: "Stop and roll back" }).click();

  await expect(page).toHaveURL(`/deployments/${id}`);
  await ecsIsBack();
  await deploymentPage(page).ends("rolled back");
  // What was asked for again after the lost answer changed nothing. A rollout that was through is undone by a second one.
  const brought = (await ecsCalls("UpdateService", since))
    .filter(({ effect }) => effect === "changed")
    .map(({ input }) => input.taskDefinition);
  expect(brought).toEqual([...new Set(brought)]);
  expect(brought.length).toBeGreaterThan(0);
  expect((await untilEnded(api, id)).status).toBe("rolled_back");
  expect(await versionServed("development")).toBe("1.1.0");
});

test("while ECS throttles, knows the portal no more or does not answer the page says so, and the deployment is called off with a reason", async ({
  api,
  page,
}) => {
  const since = Date.now();
  await ecsAnswers({ RegisterTaskDefinition: "throttle" });
  await signIn(page, "release");
  await visit(page, "/services/qkart-backend?environment=development&act=deploy");
  await chooseRelease(page.getByRole("dialog"), "1.0.0");
  await page.getByRole("button", { name: "Deploy 1.0.0 to development" }).click();
  await expect(page).toHaveURL(/\/deployments\/dep_/);
  const told = page
    .getByRole("main")
    .getByRole("status")
    .filter({ hasText: /RegisterTaskDefinition/ });
  await expect(told).toContainText("AWS is throttling ecs:RegisterTaskDefinition");
  await ecsAnswers({ RegisterTaskDefinition: "expired" });
  await expect(told).toContainText("AWS credentials of the portal have expired");
  await expect(told).toContainText("Renew them: what waits goes on by itself.");
  await ecsAnswers({ RegisterTaskDefinition: "unavailable" });
  await expect(told).toContainText("AWS gave no answer to ecs:RegisterTaskDefinition");
  // Since the first of them: nothing was answered in between.
  await expect(told).toContainText(/For .* so far\./);
  expect(Date.parse((await told.locator("time").getAttribute("datetime")) ?? "")).toBeGreaterThanOrEqual(since);
  await axe(page);

  await page.getByRole("button", { name: "Cancel…" }).click();
  const dialog = page.getByRole("dialog", { name: "Cancel 1.0.0 to development?" });
  await dialog.getByLabel("Reason").fill("Wrong environment");
  await axe(page);
  await dialog.getByRole("button", { name: "Cancel deployment" }).click();
  await expect(dialog).toBeHidden();
  await ecsIsBack();

  await deploymentPage(page).ends("cancelled");
  const deployment = shownDeployment(page);
  expect((await untilEnded(api, deployment)).status).toBe("cancelled");
  expect((await ecsCalls("UpdateService", since)).filter(({ effect }) => effect === "changed")).toEqual([]);
  const { items } = await api.audit.list({ subject: deployment, limit: 50 });
  expect(items.find(({ action }) => action === "deployment.cancel")).toMatchObject({
    reason: "Wrong environment",
    actor: { name: "Rhea Release" },
  });
});
