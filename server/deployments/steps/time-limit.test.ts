import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createFakeRuntime } from "../../testing/fake-runtime.ts";
import { lookAt } from "../engine/looks.ts";
import type { Rollout } from "../ports.ts";
import { rolloutStep } from "./rollout.ts";
import type { Run } from "./step.ts";
import { isTimeUp, watchOn, type Watch } from "./time-limit.ts";

const minute = 60_000;
const hour = 60 * minute;
const began = new Date("2026-01-01T00:00:00Z");
const run = {
  id: "dtg_1",
  step: "rollout",
  status: "running",
  stepStartedAt: began,
  request: null,
  rolloutArn: "arn:rollout",
  placement: { environmentId: "env_1", accountId: "000000000000", region: "us-east-1", cluster: "c", ecsService: "s" },
} as Run;
const after = (awsMs: number, scale = 1) => new Date(began.getTime() + awsMs / scale);
const isUp = (elapsedMs: number, watchedAwsMs: number, limitAwsMs = hour) =>
  isTimeUp(run, { watchedAwsMs }, { limitAwsMs, now: after(elapsedMs), scale: 1 });

describe("a time limit", () => {
  test("ends what was watched all the time", () => {
    expect([isUp(hour, hour), isUp(hour + 1, hour)]).toEqual([false, true]);
  });

  test("ends nothing until a quarter of an hour was watched after a gap", () => {
    expect([isUp(5 * hour, 0), isUp(5 * hour, 15 * minute - 1), isUp(5 * hour, 15 * minute)]).toEqual([
      false,
      false,
      true,
    ]);
  });

  test("that is shorter has to be watched as a whole", () => {
    expect([isUp(hour, 10 * minute - 1, 10 * minute), isUp(hour, 10 * minute, 10 * minute)]).toEqual([false, true]);
  });

  test("ends nothing that nobody looked at", () => {
    expect(isTimeUp(run, {}, { limitAwsMs: hour, now: after(9 * hour), scale: 1 })).toBe(false);
  });
});

test("a watch is never longer than the looks since the last gap, nor than the time between the first and the last", () => {
  const waits = fc.array(fc.integer({ min: 0, max: 10 * minute }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(waits, (between) => {
      let now = 0;
      let watch: Watch | undefined = watchOn(undefined, now);
      let expected = 0;
      for (const wait of between) {
        now += wait;
        watch = watchOn(watch, now);
        expected = wait > 5 * minute ? 0 : expected + wait;
      }
      expect(watch).toEqual({ fromAwsMs: now - expected, toAwsMs: now });
    }),
  );
});

describe.each([1, 60])("at %i times the speed, a rollout that ECS does not end", (scale) => {
  const to = { taskDefinitionArn: "arn:new", requested: 1, running: 0, pending: 1 };
  const rollout = { arn: "arn:rollout", status: "in_progress", statusReason: null, to } as Rollout;
  /** What is decided at a look at each of these moments, by one worker. */
  const decisions = (minutes: number[]) => {
    const { ports } = createFakeRuntime();
    return minutes.map((at) => {
      const now = after(at * minute, scale);
      const watchedAwsMs = lookAt(ports, run, now, scale).watched();
      return rolloutStep.next(run, { rollout, watchedAwsMs }, now, scale).do;
    });
  };
  const eachMinute = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

  test("is stopped after an hour", () => {
    expect(decisions(eachMinute(0, 61)).indexOf("act")).toBe(61);
  });

  test("is not stopped at the first look after an hour without the database, and is a quarter of an hour later", () => {
    const first = eachMinute(0, 3);
    const all = decisions([...first, ...eachMinute(70, 90)]);
    expect(all.indexOf("act")).toBe(first.length + 15);
  });

  test("that has succeeded meanwhile goes on to be verified, however late", () => {
    const now = after(9 * hour, scale);
    const facts = { rollout: { ...rollout, status: "successful" } as Rollout, watchedAwsMs: hour };
    expect(rolloutStep.next(run, facts, now, scale)).toMatchObject({ do: "advance", to: "verify" });
  });
});
