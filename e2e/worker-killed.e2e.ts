import { deploymentPage, isSamePage, markPage } from "./deployment-page.ts";
import { ensureRunning, untilEnded, untilQuiet } from "./deployments.ts";
import { expect, signIn, test } from "./fixtures.ts";
import { ecsCalls, ecsIsBack, ecsRefuses } from "./local-aws.ts";
import { versionServed } from "./load-balancer.ts";
import { pidOf } from "./product.ts";

test.describe.configure({ timeout: 300_000 });

const place = { service: "qkart-backend", environment: "staging" } as const;

test.afterEach(ecsIsBack);

test("a worker that is killed during a rollout loses nothing and repeats nothing", async ({ api, page }) => {
  await ensureRunning(api, place, "1.1.0");
  await untilQuiet(api, place);
  const since = Date.now();
  // It cannot end before the worker is killed, however late that is.
  await ecsRefuses("DescribeServiceDeployments");
  const { id } = await api.deployments.create({ ...place, version: "1.0.0", reason: "Kill the worker on the way" });
  await signIn(page, "viewer");
  await page.goto(`/deployments/${id}`);
  await markPage(page);

  // The call that must happen once has happened; what it does takes a while.
  const updated = async () =>
    (await ecsCalls("UpdateService", since)).filter(({ input }) => input.cluster?.endsWith("qkart-staging"));
  await expect
    .poll(async () => (await updated()).length, { intervals: [20], message: "UpdateService" })
    .toBeGreaterThan(0);
  const killed = pidOf("worker");
  if (killed === undefined) throw new Error("The worker does not run");
  process.kill(killed, "SIGKILL");
  expect((await api.deployments.get({ deployment: id })).finishedAt).toBeNull();
  await ecsIsBack();

  await expect.poll(() => pidOf("worker") ?? killed, { message: "the worker runs again" }).not.toBe(killed);
  expect(await untilEnded(api, id)).toMatchObject({ status: "succeeded", cause: null });
  await deploymentPage(page).ends("succeeded");
  expect(await isSamePage(page)).toBe(true);
  expect(await versionServed("staging")).toBe("1.0.0");

  const changing = (await updated()).filter(({ effect }) => effect === "changed");
  expect(changing.map(({ input }) => input.service)).toEqual(["qkart-backend"]);
  const registered = (await ecsCalls("RegisterTaskDefinition", since)).filter(
    ({ input }) => input.family === "qkart-backend-staging",
  );
  expect(registered.map(({ effect, outcome }) => ({ effect, outcome }))).toEqual([
    { effect: "changed", outcome: "ok" },
  ]);
});
