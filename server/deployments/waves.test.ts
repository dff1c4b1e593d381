import { describe, expect, test } from "vitest";
import type { DeploymentStatus } from "./schema.ts";
import { firstWave, nextOfWaves, type WaveRun } from "./waves.ts";

const run = (id: string, wave: number, status: DeploymentStatus, isAsked = false): WaveRun => ({
  id,
  wave,
  status,
  isAsked,
});
const next = (runs: WaveRun[], undoesAll = true) => nextOfWaves(runs, { undoesAll });
const nothing = { start: [], cancel: [], undo: [] };

test("the first wave is the one with the smallest number", () => {
  expect(firstWave([run("b", 5, "queued"), run("a", 3, "queued"), run("c", 3, "queued")])).toEqual(["a", "c"]);
});

describe("the targets that come next", () => {
  test.each<[string, WaveRun[], Partial<Record<keyof typeof nothing, string[]>>]>([
    [
      "wait while the wave before runs",
      [run("a", 1, "succeeded"), run("b", 1, "running"), run("c", 2, "queued")],
      nothing,
    ],
    [
      "begin when all of the wave before have succeeded",
      [run("a", 1, "succeeded"), run("b", 2, "queued"), run("c", 2, "queued"), run("d", 3, "queued")],
      { start: ["b", "c"] },
    ],
    [
      "never begin after a bad end that was nobody's fault",
      [run("a", 1, "failed"), run("b", 2, "queued")],
      { cancel: ["b"] },
    ],
    [
      "never begin after a fault, and what was reached is undone",
      [run("a", 1, "succeeded"), run("b", 2, "rolled_back"), run("c", 2, "running"), run("d", 3, "queued")],
      { cancel: ["d"], undo: ["a", "c"] },
    ],
    [
      "never begin after a person undid one target, which undoes no other",
      [run("a", 1, "succeeded"), run("b", 2, "rolled_back", true), run("c", 3, "queued")],
      { cancel: ["c"] },
    ],
    [
      "leave alone what is being undone already",
      [run("a", 1, "rolling_back"), run("b", 2, "rolled_back"), run("c", 2, "running", true)],
      nothing,
    ],
  ])("%s", (_, runs, step) => expect(next(runs)).toEqual({ ...nothing, ...step }));

  test("of a rollback are not undone when one of them fails", () => {
    expect(next([run("a", 1, "succeeded"), run("b", 1, "rolled_back")], false)).toEqual(nothing);
  });
});
