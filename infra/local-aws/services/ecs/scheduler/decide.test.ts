import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Simulation, type Behaviour, type Settings } from "./simulation.ts";

const behaviour = fc.constantFrom<Behaviour>("good", "crashes", "unhealthy");
const settings: fc.Arbitrary<Settings> = fc
  .record({
    desired: fc.integer({ min: 0, max: 8 }),
    minimum: fc.integer({ min: 0, max: 100 }),
    maximum: fc.integer({ min: 100, max: 250 }),
    threshold: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
    rollback: fc.boolean(),
    alarms: fc.boolean(),
  })
  .map(({ threshold, ...rest }) => (threshold === undefined ? rest : { ...rest, threshold }));

type Event =
  | { kind: "advance" | "crash" | "sicken"; pick: number }
  | { kind: "deploy"; behaviour: Behaviour }
  | { kind: "scale"; desired: number }
  | { kind: "wait"; ms: number }
  | { kind: "alarm"; on: boolean }
  | { kind: "request" };

const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ kind: fc.constant("advance" as const), pick: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("crash" as const, "sicken" as const), pick: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("deploy" as const), behaviour }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("scale" as const), desired: fc.integer({ min: 0, max: 8 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("wait" as const), ms: fc.integer({ min: 1, max: 1e6 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("alarm" as const), on: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("request" as const) }) },
);

function happen(service: Simulation, event: Event): void {
  const task = "pick" in event ? service.tasks[event.pick % Math.max(service.tasks.length, 1)] : undefined;
  if (event.kind === "advance" && task) service.advance(task);
  if (event.kind === "crash" && task) service.die(task);
  if (event.kind === "sicken" && task?.phase === "running") task.health = "unhealthy";
  if (event.kind === "deploy") service.deploy(event.behaviour);
  if (event.kind === "scale") service.settings = { ...service.settings, desired: event.desired };
  if (event.kind === "wait") service.now += event.ms;
  if (event.kind === "alarm") service.alarm = event.on;
  if (event.kind === "request" && service.primary.rollout === "IN_PROGRESS") service.requested = true;
  service.settle();
}

const runs = { numRuns: 500 };

describe("whatever happens to a service", () => {
  // The simulation itself throws when a stop or a start breaks a bound, or when the scheduler does not rest.
  test("stops keep the minimum healthy, starts keep the maximum, and the scheduler rests", () => {
    fc.assert(
      fc.property(settings, behaviour, fc.array(event, { maxLength: 80 }), (chosen, first, events) => {
        const service = new Simulation(chosen);
        service.deploy(first);
        service.settle();
        for (const next of events) happen(service, next);
      }),
      runs,
    );
  });

  test("the breaker trips when the threshold is reached, and never before", () => {
    fc.assert(
      fc.property(settings, fc.array(event, { maxLength: 80 }), (chosen, events) => {
        const service = new Simulation(chosen);
        service.deploy("good");
        service.runToRest();
        service.deploy("crashes");
        for (const next of events) {
          happen(service, next);
          const { primary } = service;
          const watched = primary.rollout === "IN_PROGRESS" && primary.bakeUntil === undefined;
          if (watched && chosen.threshold !== undefined) expect(primary.counters.failed).toBeLessThan(chosen.threshold);
        }
        for (const { because, failed } of service.verdicts) {
          if (because === "breaker") expect(failed).toBe(chosen.threshold);
        }
      }),
      runs,
    );
  });

  test("a watched deployment ends completed, failed, or stuck with an event that says so", () => {
    fc.assert(
      fc.property(settings, fc.array(behaviour, { minLength: 1, maxLength: 4 }), (chosen, behaviours) => {
        const service = new Simulation({ ...chosen, threshold: chosen.threshold ?? 3 });
        for (const next of behaviours) {
          service.deploy(next);
          expect(service.runToRest()).toBe(true);
        }
        const isStuck = service.primary.rollout === "IN_PROGRESS";
        if (isStuck) expect(service.events).toContain("cannot-move");
      }),
      runs,
    );
  });

  test("a bad version gives way to the last good one, which never lost its minimum", () => {
    const bad = fc.constantFrom<Behaviour>("crashes", "unhealthy");
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), bad, fc.boolean(), (desired, next, alarms) => {
        const service = new Simulation({ desired, minimum: 100, maximum: 200, threshold: 3, rollback: true, alarms });
        service.deploy("good");
        service.runToRest();
        const good = service.primary.revision;
        service.deploy(next);
        service.runToRest();
        expect(service.verdicts.map(({ kind }) => kind)).toEqual(["complete", "roll-back", "complete"]);
        expect(service.primary).toMatchObject({ revision: good, rollout: "COMPLETED", isRollback: true });
        expect(service.tasks).toHaveLength(desired);
      }),
      runs,
    );
  });
});

describe("a rolling deployment", () => {
  const usual = { desired: 2, minimum: 100, maximum: 200, threshold: 3, rollback: true, alarms: false };

  test.each([
    [
      "desired 4, 50/200: stops 2 and starts 4",
      { desired: 4, minimum: 50, maximum: 200 },
      { stopping: 2, starting: 4 },
    ],
    ["desired 4, 100/200: starts 4 and stops none", { desired: 4 }, { stopping: 0, starting: 4 }],
    [
      "desired 4, 75/100: stops 1 and starts 1",
      { desired: 4, minimum: 75, maximum: 100 },
      { stopping: 1, starting: 1 },
    ],
  ])("%s at once", (_, change, expected) => {
    const service = new Simulation({ ...usual, ...change });
    service.deploy("good");
    service.runToRest();
    service.deploy("good");
    service.settle();
    const count = (phase: string) => service.tasks.filter((task) => task.phase === phase).length;
    expect({ stopping: count("stopping"), starting: count("starting") }).toEqual(expected);
  });

  test.each([
    ["desired 2, 75/100", { minimum: 75, maximum: 100 }],
    ["desired 1, 50/150", { desired: 1, minimum: 50, maximum: 150 }],
  ])("%s can move neither way and says so", (_, change) => {
    const service = new Simulation({ ...usual, ...change });
    service.deploy("good");
    service.settle();
    service.runToRest();
    service.deploy("good");
    service.settle();
    expect(service.events).toContain("cannot-move");
    expect(service.primary).toMatchObject({ rollout: "IN_PROGRESS", tasks: [] });
  });

  test("without a target to return to, fails and stays", () => {
    const service = new Simulation(usual);
    service.deploy("crashes");
    service.runToRest();
    expect(service.verdicts).toEqual([{ kind: "fail", because: "breaker", failed: 3 }]);
    expect(service.tasks).toEqual([]);
  });

  test("an alarm in the bake turns back a deployment that was already steady", () => {
    const service = new Simulation({ ...usual, alarms: true });
    service.deploy("good");
    service.runToRest();
    const good = service.primary.revision;
    service.deploy("good");
    while (service.primary.bakeUntil === undefined) {
      service.settle();
      for (const task of service.tasks) service.advance(task);
    }
    service.alarm = true;
    service.runToRest();
    expect(service.verdicts.map(({ because }) => because)).toEqual([undefined, "alarm", undefined]);
    expect(service.primary.revision).toBe(good);
  });

  test("a request to go back that meets a finished deployment lets it succeed", () => {
    const service = new Simulation(usual);
    service.deploy("good");
    service.settle();
    for (const round of [1, 2]) for (const task of service.tasks) if (round) service.advance(task);
    service.requested = true;
    service.settle();
    expect(service.verdicts.map(({ kind }) => kind)).toEqual(["complete"]);
  });
});
