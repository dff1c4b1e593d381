import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Placement, Ports } from "../deployments/ports.ts";
import { localPlace, startLocalAws, type LocalAwsProcess } from "../testing/local-aws/start.ts";
import { until } from "../testing/until.ts";
import { createClientSource, type Clients } from "./clients.ts";
import { awsPorts } from "./ports.ts";
import { createCluster, createService } from "./testing/create-service.ts";

const cluster = "gathered";
const otherCluster = "gathered-too";
/** As many deployments under way at once. */
const count = 21;

let aws: LocalAwsProcess;
let clients: Clients;
let ports: Ports;
let placements: Placement[];

/** ECS lets an account register twenty task definitions at once, and then one a second. */
const registeredAtOnce = 18;
let registered = 0;

async function createPaced(spec: Parameters<typeof createService>[1]): Promise<Placement> {
  registered += 1;
  if (registered > registeredAtOnce) await setTimeout(1_100);
  return createService(clients, spec);
}

beforeAll(async () => {
  aws = await startLocalAws();
  const source = createClientSource(aws.settings);
  clients = await source.of(localPlace);
  ports = awsPorts(source);
  await createCluster(clients, cluster);
  await createCluster(clients, otherCluster);
  placements = [];
  for (let index = 0; index < count; index += 1) {
    placements.push(await createPaced({ cluster, name: `app-${index}`, desiredCount: 1 }));
  }
  // Who is asked first also asks who it is there.
  await ports.runtime.describeServices(placements.slice(0, 1));
});
afterAll(() => aws.close());

async function callsOf<Out>(action: string, work: () => Promise<Out>): Promise<{ calls: number; out: Out }> {
  const before = (await aws.journal("ecs", action)).length;
  const out = await work();
  return { calls: (await aws.journal("ecs", action)).length - before, out };
}

test("services asked for together are one call for each ten, and the same one twice is one entry", async () => {
  const { calls, out } = await callsOf("DescribeServices", () =>
    Promise.all([...placements, ...placements].map((one) => ports.runtime.describeService(one))),
  );
  expect(calls).toBe(3);
  expect(out.map(({ status }) => status)).toEqual(Array.from({ length: 2 * count }, () => "ACTIVE"));
  expect(new Set(out.map(({ taskDefinitionArn }) => taskDefinitionArn)).size).toBe(count);
});

test("nothing is kept: who asks later asks AWS", async () => {
  const [placement] = placements as [Placement];
  const { calls } = await callsOf("DescribeServices", async () => {
    await ports.runtime.describeService(placement);
    await ports.runtime.describeService(placement);
  });
  expect(calls).toBe(2);
});

test("rollouts asked for together are one call for each twenty, and everybody gets their own tasks", async () => {
  const states = await Promise.all(
    placements.map((one) =>
      until(
        () => ports.runtime.describeService(one),
        ({ currentRolloutArn, runningCount }) => currentRolloutArn !== null || runningCount === 1,
      ),
    ),
  );
  const rollouts = await Promise.all(
    placements.map((one, index) => ports.runtime.findRollout(one, states[index]?.taskDefinitionArn ?? "")),
  );
  const { calls, out } = await callsOf("DescribeServiceDeployments", () =>
    Promise.all(placements.map((one, index) => ports.runtime.describeRollout(one, rollouts[index]?.arn ?? ""))),
  );
  expect(calls).toBe(2);
  expect(out.map(({ to }) => to.taskDefinitionArn)).toEqual(states.map(({ taskDefinitionArn }) => taskDefinitionArn));
  // How many calls these take depends on when each list answers: what counts is that nobody gets another's tasks.
  const tasks = await Promise.all(placements.map((one) => ports.runtime.listTasks(one)));
  expect(
    tasks.flatMap((list, index) => list.filter((task) => task.taskDefinitionArn !== states[index]?.taskDefinitionArn)),
  ).toEqual([]);
});

test("one that does not exist, or that AWS refuses to be asked, is a failure of its own caller alone", async () => {
  const [first, second] = placements as [Placement, Placement];
  const gone = { ...first, ecsService: "gone" };
  const [one, two, three] = await Promise.allSettled(
    [first, gone, second].map((place) => ports.runtime.describeService(place)),
  );
  expect([one?.status, three?.status]).toEqual(["fulfilled", "fulfilled"]);
  expect(two).toMatchObject({
    status: "rejected",
    reason: { kind: "not_found", message: "AWS does not know gone in gathered (ecs:DescribeServices)." },
  });

  const { taskDefinitionArn } = await ports.runtime.describeService(first);
  const rollout = await ports.runtime.findRollout(first, taskDefinitionArn);
  const [good, bad] = await Promise.allSettled(
    [rollout?.arn ?? "", "no-arn"].map((arn) => ports.runtime.describeRollout(first, arn)),
  );
  expect(good).toMatchObject({ status: "fulfilled", value: { arn: rollout?.arn } });
  expect(bad?.status).toBe("rejected");
});

test("a call that is throttled fails once, for all who are in it", async () => {
  // As often as the SDK tries one call: were there several, most would pass.
  await aws.fault("ecs", "DescribeServices", "throttle", 3);
  const asked = placements.slice(0, 10);
  const out = await Promise.allSettled(asked.map((one) => ports.runtime.describeService(one)));
  expect(out.map((one) => one.status === "rejected" && one.reason.kind)).toEqual(asked.map(() => "throttled"));
  expect((await ports.runtime.describeService(asked[0] as Placement)).status).toBe("ACTIVE");
});

test("clusters and accounts are never asked about in one call", async () => {
  const [first] = placements as [Placement];
  const other = await createPaced({ cluster: otherCluster, name: "app-0", desiredCount: 0 });
  const elsewhere = { ...first, accountId: "111111111111" };
  const { calls, out } = await callsOf("DescribeServices", () =>
    Promise.allSettled([first, other, elsewhere].map((one) => ports.runtime.describeService(one))),
  );
  expect(calls).toBe(2);
  expect(out.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
  expect(out[2]).toMatchObject({ reason: { kind: "denied" } });
  const states = out.flatMap((one) => (one.status === "fulfilled" ? [one.value.taskDefinitionArn] : []));
  expect(new Set(states).size).toBe(2);
});
