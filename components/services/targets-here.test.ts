import { expect, test } from "vitest";
import type { ListedTargetDto } from "#server/services/schema.ts";
import { targetsHere } from "./targets-here.ts";

const target = (more: Partial<ListedTargetDto>) =>
  ({
    id: "tgt_1",
    release: { id: "rel_1", version: "1.0.0" },
    releaseSince: "2026-11-22T10:00:00.000Z",
    health: "ok",
    active: null,
    lacks: [],
    lock: null,
    ...more,
  }) as ListedTargetDto;

test("none is nothing, and one is itself", () => {
  expect(targetsHere([])).toBeUndefined();
  expect(targetsHere([target({})])).toMatchObject({
    alike: 1,
    versions: ["1.0.0"],
    since: "2026-11-22T10:00:00.000Z",
    active: [],
  });
});

test("a dead region is never averaged away", () => {
  const dead = target({ id: "tgt_2", health: "failed" });
  const here = targetsHere([target({}), dead, target({ id: "tgt_3" })]);
  expect(here).toMatchObject({ worst: dead, alike: 1 });
});

test("what nobody has seen is not counted as scaled to zero, and is told first", () => {
  const atZero = target({ health: "unknown", desiredCount: 0, observedAt: "2026-11-22T10:00:00.000Z" });
  const unseen = target({ id: "tgt_2", health: "unknown", desiredCount: 0, observedAt: null });
  expect(targetsHere([atZero, unseen])).toMatchObject({ worst: unseen, alike: 1 });
  expect(targetsHere([unseen, atZero])).toMatchObject({ worst: unseen, alike: 1 });
  expect(targetsHere([atZero, { ...atZero, id: "tgt_3" }, target({})])).toMatchObject({ worst: atZero, alike: 2 });
});

test("one version runs since the last of the targets runs it; several have no such moment", () => {
  const later = target({ id: "tgt_2", releaseSince: "2026-11-22T11:00:00.000Z" });
  expect(targetsHere([later, target({})])?.since).toBe("2026-11-22T11:00:00.000Z");
  const here = targetsHere([
    target({}),
    target({ release: { id: "rel_2", version: "1.1.0" } }),
    target({ release: null, runningCount: 1 }),
    target({ release: null, runningCount: 0 }),
  ]);
  expect(here).toMatchObject({
    versions: ["1.0.0", "1.1.0"],
    without: ["unknown version", "nothing yet"],
    since: null,
  });
  expect(targetsHere([target({}), target({ release: null, runningCount: 1 })])?.since).toBeNull();
});

test("a deployment, a release that is lacked and a lock of several targets are told once", () => {
  const lock = { id: "lck_1", words: "All is locked.", lift: true as const };
  const lacks = [
    { id: "rel_2", version: "1.1.0" },
    { id: "rel_3", version: "1.2.0" },
  ];
  const active = { id: "dep_1", version: "1.1.0", kind: "deploy", step: "rollout" };
  const here = targetsHere([
    target({ lock, lacks, active: { ...active, status: "queued" } }),
    target({ lock, lacks, active: { ...active, status: "running" } }),
  ]);
  expect(here?.active).toMatchObject([{ status: "running" }]);
  expect(here?.coming).toEqual([{ id: "rel_3", version: "1.2.0" }]);
  expect(here?.locks).toHaveLength(1);
});
