import { readdirSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createFakeRuntime } from "../../testing/fake-runtime.ts";
import { RuntimeFailure, type Placement, type ServiceState, type TaskDefinition } from "../ports.ts";
import type { GateInput } from "./gate.ts";
import { gates } from "./index.ts";
import { room } from "./percent-maths.ts";

const placement: Placement = {
  environmentId: "env_1",
  accountId: "000000000000",
  region: "us-east-1",
  cluster: "c",
  ecsService: "s",
};
const digest = `sha256:${"b".repeat(64)}`;
const artefact = { container: "app", image: "host/app:1.1.0", digest };
const definition: TaskDefinition = {
  family: "f",
  containerDefinitions: [
    {
      name: "app",
      image: "host/app:1.0.0",
      secrets: [{ name: "DATABASE_URL", valueFrom: "arn:secret" }],
      logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": "/app" } },
    },
  ],
};

async function given(state: Partial<ServiceState> = {}, own: TaskDefinition = definition) {
  const fake = createFakeRuntime();
  const arn = fake.addService(placement, { definition: own, ...state });
  fake.setImage(`host/app@${digest}`, digest);
  const input = async (): Promise<Omit<GateInput, "base">> => ({
    ports: fake.ports,
    placement,
    service: await fake.runtime.describeService(placement),
    current: await fake.runtime.describeTaskDefinition(placement, arn),
    artefacts: [artefact],
    config: null,
    kind: "deploy",
    knownTaskDefinitionArn: arn,
    isFollowed: false,
  });
  const run = async (name: string, change: Partial<GateInput> = {}) => {
    const gate = gates.find((one) => one.name === name);
    if (!gate) throw new Error(`no gate ${name}`);
    const asked = { ...(await input()), ...change };
    return gate.evaluate({ base: asked.current.definition, ...asked });
  };
  return { fake, arn, run };
}

describe("the list of gates", () => {
  test("has every file of the folder, each under its own name", () => {
    const files = readdirSync(import.meta.dirname).filter((file) => !/^(gate|index)\.ts$|\.test\.ts$/.test(file));
    expect(gates.map((gate) => `${gate.name}.ts`).toSorted()).toEqual(files.toSorted());
  });

  test("keeps for rollbacks only what makes them possible", () => {
    expect(gates.filter((gate) => gate.runsOnRollback).map((gate) => gate.name)).toEqual([
      "deployable",
      "image",
      "task-definition",
    ]);
  });

  test("all pass for a healthy service, and show what they saw", async () => {
    const { run, fake } = await given({ alarmNames: ["errors"], desiredCount: 2 });
    fake.setAlarm("errors", "OK");
    for (const gate of gates) {
      const { result, facts } = await run(gate.name);
      expect([gate.name, result]).toEqual([gate.name, "pass"]);
      expect(facts.length).toBeGreaterThan(0);
    }
  });
});

describe("whether ECS deploys the service", () => {
  test.each([
    [true, "pass"],
    ["It is inactive.", "fail"],
    ["It is deployed by CODE_DEPLOY; the portal needs the deployment controller ECS.", "fail"],
  ] as const)("%s", async (deployable, result) => {
    const { run } = await given({ deployable });
    const answer = await run("deployable");
    expect(answer.result).toBe(result);
    if (deployable !== true) expect(answer.reason).toContain(deployable);
  });
});

describe("an image that was adopted without a digest", () => {
  const artefacts = [{ container: "app", image: "docker.io/shop:2", digest: "" }];
  test.each([
    ["deploy", "inconclusive"],
    ["rollback", "pass"],
  ] as const)("for a %s is %s, in words", async (kind, result) => {
    const { run } = await given();
    const words = "docker.io/shop:2 was adopted by its tag, and the tag may mean another image by now.";
    expect(await run("image", { kind, artefacts })).toMatchObject({ result, reason: words });
  });
});

describe("image", () => {
  test("fails when the registry does not have the digest, whatever the tag means", async () => {
    const { run, fake } = await given();
    fake.setImage("host/app:1.1.0", digest);
    const other = { ...artefact, digest: `sha256:${"c".repeat(64)}` };
    const answer = await run("image", { artefacts: [artefact, other] });
    expect(answer).toMatchObject({
      result: "fail",
      reason: "The registry no longer has host/app:1.1.0 (sha256:cccccccccccc).",
    });
    expect(answer.facts.map((fact) => fact.ok)).toEqual([true, false]);
  });

  test("lets a failure of the registry through", async () => {
    const { run, fake } = await given();
    fake.failNext("digest", new RuntimeFailure("throttled", "ecr:DescribeImages", "Slow down."));
    await expect(run("image")).rejects.toThrow("Slow down.");
  });
});

describe("task definition", () => {
  test("fails for a container that is not there", async () => {
    const { run } = await given();
    const answer = await run("task-definition", { artefacts: [{ ...artefact, container: "worker" }] });
    expect(answer).toMatchObject({
      result: "fail",
      reason: "The task definition has no container worker. It has app.",
    });
  });

  test("fails when it would be too large to register", async () => {
    const { run } = await given({}, { ...definition, note: "x".repeat(66_000) });
    expect(await run("task-definition")).toMatchObject({
      result: "fail",
      reason: expect.stringContaining("at most 64 KB"),
    });
  });
});

describe("percent maths", () => {
  // The rows of ecs.md 2.5, and a service that may start one more.
  test.each([
    { desiredCount: 4, minimumHealthyPercent: 50, maximumPercent: 200, result: "pass", mayStop: 2, mayStart: 4 },
    { desiredCount: 2, minimumHealthyPercent: 75, maximumPercent: 100, result: "fail", mayStop: 0, mayStart: 0 },
    { desiredCount: 3, minimumHealthyPercent: 100, maximumPercent: 125, result: "fail", mayStop: 0, mayStart: 0 },
    { desiredCount: 1, minimumHealthyPercent: 100, maximumPercent: 200, result: "pass", mayStop: 0, mayStart: 1 },
    { desiredCount: 0, minimumHealthyPercent: 100, maximumPercent: 100, result: "pass", mayStop: 0, mayStart: 0 },
  ])(
    "$desiredCount at $minimumHealthyPercent/$maximumPercent: $result",
    async ({ result, mayStop, mayStart, ...state }) => {
      const { run } = await given(state);
      expect(room(state)).toMatchObject({ mayStop, mayStart });
      expect((await run("percent-maths")).result).toBe(result);
    },
  );

  test("room never goes below minimum healthy nor above maximum", () => {
    const numbers = fc.record({
      desiredCount: fc.nat(500),
      minimumHealthyPercent: fc.integer({ min: 0, max: 100 }),
      maximumPercent: fc.integer({ min: 100, max: 400 }),
    });
    fc.assert(
      fc.property(numbers, (service) => {
        const { mayStop, mayStart } = room(service);
        const { desiredCount: desired } = service;
        expect((desired - mayStop) * 100).toBeGreaterThanOrEqual(desired * service.minimumHealthyPercent);
        expect((desired + mayStart) * 100).toBeLessThanOrEqual(desired * service.maximumPercent);
      }),
    );
  });
});

describe("alarms", () => {
  test("fail while one is in ALARM", async () => {
    const { run, fake } = await given({ alarmNames: ["errors", "latency"] });
    fake.setAlarm("errors", "ALARM");
    fake.setAlarm("latency", "INSUFFICIENT_DATA");
    const answer = await run("alarms");
    expect(answer.result).toBe("fail");
    expect(answer.reason).toContain("errors is in ALARM");
    expect(answer.facts).toEqual([
      { label: "errors", value: "ALARM", ok: false },
      { label: "latency", value: "INSUFFICIENT_DATA", ok: true },
    ]);
  });

  test("fail for a name that CloudWatch does not know", async () => {
    const { run } = await given({ alarmNames: ["gone"] });
    expect(await run("alarms")).toMatchObject({ result: "fail", reason: expect.stringContaining("names gone") });
  });
});

describe("what tasks need to start", () => {
  test("a log group that is missing, unless it is created on demand", async () => {
    const { run, fake } = await given();
    fake.removeLogGroup("/app");
    expect(await run("log-group")).toMatchObject({
      result: "fail",
      reason: expect.stringContaining("/app does not exist"),
    });
    const options = { "awslogs-group": "/app", "awslogs-create-group": "true" };
    const container = { name: "app", image: "i", logConfiguration: { logDriver: "awslogs", options } };
    const creating = await given({}, { family: "f", containerDefinitions: [container] });
    creating.fake.removeLogGroup("/app");
    expect(await creating.run("log-group")).toMatchObject({ result: "pass" });
  });

  test("a secret that cannot be resolved", async () => {
    const { run, fake } = await given();
    fake.breakSecret("arn:secret", "There is no such secret.");
    expect(await run("secrets")).toMatchObject({
      result: "fail",
      reason: "DATABASE_URL cannot be resolved: There is no such secret.",
    });
  });

  test("a task definition to return to", async () => {
    const { run, fake, arn } = await given();
    fake.deactivate(arn);
    expect(await run("way-back")).toMatchObject({ result: "fail", reason: expect.stringContaining("deregistered") });
  });
});

describe("nothing under way", () => {
  const rollout = "arn:aws:ecs:us-east-1:000000000000:service-deployment/c/s/theirs";
  const during = async (currentRolloutArn: string | null) => {
    const { run, fake } = await given();
    fake.service(placement).currentRolloutArn = currentRolloutArn;
    return run;
  };

  test("fails while ECS brings what the portal does not know, and names it", async () => {
    const run = await during(rollout);
    const answer = await run("nothing-under-way", {
      knownTaskDefinitionArn: "arn:aws:ecs:us-east-1:000000000000:task-definition/f:0",
    });
    expect(answer).toMatchObject({
      result: "fail",
      reason: expect.stringMatching(/outside the portal is under way: it brings f:\d+,/),
    });
    expect(answer.facts[0]).toMatchObject({ label: "Brings", ok: false });
  });

  test.each([
    ["it has ended", null, { knownTaskDefinitionArn: "f:0" }],
    ["nothing is known to run", rollout, { knownTaskDefinitionArn: null }],
    ["the portal follows what is under way", rollout, { knownTaskDefinitionArn: "f:0", isFollowed: true }],
  ])("passes when %s", async (_title, current, change) => {
    const run = await during(current);
    expect((await run("nothing-under-way", change)).result).toBe("pass");
  });
});
