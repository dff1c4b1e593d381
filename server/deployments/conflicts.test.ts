import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { meet, type Encounter, type Met } from "./conflicts.ts";
import type { OnConflict } from "./schema.ts";
import { isActive } from "./rules.ts";
import type { DeploymentStatus } from "./schema.ts";
import { firstWave, nextOfWaves, type WaveRun } from "./waves.ts";

const met = (id: string, given: Partial<Met> = {}): Met => ({
  id,
  isUndo: false,
  targetIds: ["a", "b"],
  unfinishedIds: ["a", "b"],
  ...given,
});
const asked = (given: Partial<Encounter> = {}): Encounter => ({
  onConflict: "reject",
  targetIds: ["a", "b"],
  underWay: [],
  waiting: null,
  isLocked: false,
  mayDisplaceUndo: false,
  ...given,
});

describe("a request", () => {
  test.each<[string, Partial<Encounter>, ReturnType<typeof meet>]>([
    ["begins when nothing is in its way", {}, { do: "begin", displaced: [] }],
    ["is refused when another is under way", { underWay: [met("x")] }, { do: "refuse", why: "under_way", by: "x" }],
    ["is refused when another waits", { waiting: met("w") }, { do: "refuse", why: "under_way", by: "w" }],
    [
      "begins beside one for other targets",
      { underWay: [met("x", { targetIds: ["c"], unfinishedIds: ["c"] })] },
      { do: "begin", displaced: [] },
    ],
    ["is refused by a lock", { isLocked: true, onConflict: "supersede" }, { do: "refuse", why: "locked", by: null }],
    ["waits for the end of a lock", { isLocked: true, onConflict: "queue" }, { do: "queue", displaced: [] }],
    ["waits for what is under way", { underWay: [met("x")], onConflict: "queue" }, { do: "queue", displaced: [] }],
    [
      "takes the place of one that waits",
      { underWay: [met("x")], waiting: met("w"), onConflict: "queue" },
      { do: "queue", displaced: ["w"] },
    ],
    ["need not wait when nothing is under way", { onConflict: "queue" }, { do: "begin", displaced: [] }],
    [
      "takes the place of all that it meets",
      { underWay: [met("x")], waiting: met("w"), onConflict: "supersede" },
      { do: "begin", displaced: ["x", "w"] },
    ],
    [
      "leaves no target of another half done",
      { underWay: [met("x")], targetIds: ["a"], onConflict: "supersede" },
      { do: "refuse", why: "covers_less", by: "x" },
    ],
    [
      "may leave targets where another has ended",
      { underWay: [met("x", { unfinishedIds: ["a"] })], targetIds: ["a"], onConflict: "supersede" },
      { do: "begin", displaced: ["x"] },
    ],
    [
      "leaves a rollback alone",
      { underWay: [met("x", { isUndo: true })], onConflict: "supersede" },
      { do: "refuse", why: "undo_under_way", by: "x" },
    ],
    [
      "leaves a rollback that waits alone",
      { underWay: [met("x")], waiting: met("w", { isUndo: true }), onConflict: "queue" },
      { do: "refuse", why: "undo_under_way", by: "w" },
    ],
    [
      "takes the place of a rollback with the right",
      { underWay: [met("x", { isUndo: true })], onConflict: "supersede", mayDisplaceUndo: true },
      { do: "begin", displaced: ["x"] },
    ],
  ])("%s", (_, given, answer) => expect(meet(asked(given))).toEqual(answer));
});

type Model = { id: string; isUndo: boolean; runs: (WaveRun & { target: string })[]; status: DeploymentStatus };
const waveOf: Record<string, number> = { a: 1, b: 2, c: 2 };

/** One place with three targets, moved by the rules alone; what the database does in transactions is done in turn. */
class Place {
  readonly all: Model[] = [];
  isLocked = false;

  private open = () => this.all.filter((one) => isActive(one.status));
  private met = (one: Model): Met => ({
    id: one.id,
    isUndo: one.isUndo || one.status === "rolling_back",
    targetIds: one.runs.map((run) => run.target),
    unfinishedIds: one.runs.filter((run) => isActive(run.status)).map((run) => run.target),
  });

  ask({
    onConflict,
    targetIds,
    isUndo,
    mayDisplaceUndo,
  }: {
    onConflict: OnConflict;
    targetIds: string[];
    isUndo: boolean;
    mayDisplaceUndo: boolean;
  }): void {
    const waiting = this.open().find((one) => one.status === "queued");
    const underWay = this.open()
      .filter((one) => one.status !== "queued")
      .map(this.met);
    const answer = meet({
      onConflict,
      targetIds,
      underWay,
      waiting: waiting ? this.met(waiting) : null,
      isLocked: this.isLocked,
      mayDisplaceUndo,
    });
    if (answer.do === "refuse") return;
    for (const one of this.all.filter(({ id }) => answer.displaced.includes(id))) {
      for (const run of one.runs) if (isActive(run.status)) run.status = "superseded";
      one.status = "superseded";
    }
    const id = String(this.all.length);
    const runs = targetIds.map((target) => ({
      id: `${id}${target}`,
      target,
      wave: isUndo ? 1 : (waveOf[target] ?? 1),
      status: "queued" as DeploymentStatus,
      isAsked: false,
    }));
    const created: Model = { id, isUndo, runs, status: "queued" };
    this.all.push(created);
    if (answer.do === "begin") this.begin(created);
  }

  private begin(one: Model): void {
    for (const run of one.runs) if (firstWave(one.runs).includes(run.id)) run.status = "running";
    one.status = "running";
  }

  /** One run that is under way ends as it is told. */
  end(pick: number, outcome: "succeeded" | "rolled_back" | "failed"): void {
    const moving = this.open()
      .flatMap((one) => one.runs.map((run) => ({ one, run })))
      .filter(({ run }) => run.status === "running" || run.status === "rolling_back");
    const found = moving[pick % Math.max(1, moving.length)];
    if (!found) return;
    found.run.status = found.run.status === "rolling_back" ? "rolled_back" : outcome;
    this.move(found.one);
  }

  move(one: Model): void {
    if (one.status === "queued") return;
    const step = nextOfWaves(one.runs, { undoesAll: !one.isUndo });
    for (const run of one.runs) {
      if (step.cancel.includes(run.id)) run.status = "cancelled";
      if (step.undo.includes(run.id)) run.status = "rolling_back";
      if (step.start.includes(run.id) && !this.isLocked) run.status = "running";
    }
    const isOver = one.runs.every((run) => !isActive(run.status));
    one.status = isOver ? (one.runs.every((run) => run.status === "succeeded") ? "succeeded" : "failed") : "running";
    if (isOver) this.beginWaiting();
  }

  beginWaiting(): void {
    const waiting = this.open().find((one) => one.status === "queued");
    if (!waiting || this.isLocked) return;
    const held = this.open()
      .filter((one) => one !== waiting)
      .flatMap((one) => one.runs.map((run) => run.target));
    if (waiting.runs.every((run) => !held.includes(run.target))) this.begin(waiting);
  }

  /** What the heal job does. */
  heal(): void {
    for (const one of this.open()) this.move(one);
    this.beginWaiting();
  }

  check(): void {
    const runs = this.all
      .flatMap((one) => one.runs)
      .filter((run) => run.status === "running" || run.status === "rolling_back");
    expect(new Set(runs.map((run) => run.target)).size, "one run per target").toBe(runs.length);
    expect(this.all.filter((one) => one.status === "queued").length, "one that waits").toBeLessThanOrEqual(1);
    for (const one of this.all) {
      if (!isActive(one.status))
        expect(
          one.runs.filter((run) => isActive(run.status)),
          "an end leaves nothing open",
        ).toEqual([]);
      const waves = one.runs.filter((run) => run.status === "running").map((run) => run.wave);
      const earlier = one.runs.filter((run) => waves.some((wave) => run.wave < wave));
      expect(
        earlier.every((run) => run.status !== "queued"),
        "waves in order",
      ).toBe(true);
    }
  }
}

const request = fc.record({
  kind: fc.constant("ask" as const),
  onConflict: fc.constantFrom<OnConflict>("reject", "queue", "supersede"),
  targetIds: fc.constantFrom<string[]>(["a", "b", "c"], ["a", "b", "c"], ["a"], ["b", "c"]),
  isUndo: fc.boolean(),
  mayDisplaceUndo: fc.boolean(),
});
const ending = fc.record({
  kind: fc.constant("end" as const),
  pick: fc.nat(5),
  outcome: fc.constantFrom("succeeded" as const, "succeeded" as const, "rolled_back" as const, "failed" as const),
});
const locking = fc.record({ kind: fc.constant("lock" as const), isLocked: fc.boolean() });
const healing = fc.record({ kind: fc.constant("heal" as const) });

describe("whatever is asked, ends or is locked, in whatever order", () => {
  test(
    "a target has one run, a place one that waits, waves keep their order, and everything ends",
    { timeout: 60_000 },
    () => {
      fc.assert(
        fc.property(fc.array(fc.oneof(request, ending, locking, healing), { maxLength: 60 }), (happenings) => {
          const place = new Place();
          for (const one of happenings) {
            if (one.kind === "ask") place.ask(one);
            else if (one.kind === "end") place.end(one.pick, one.outcome);
            else if (one.kind === "lock") place.isLocked = one.isLocked;
            else place.heal();
            place.check();
          }
          place.isLocked = false;
          for (let round = 0; round < 4 * happenings.length + 10; round += 1) {
            place.heal();
            place.end(0, "succeeded");
            place.check();
          }
          expect(place.all.filter((one) => isActive(one.status))).toEqual([]);
        }),
        { numRuns: 200 },
      );
    },
  );

  test("of those that wait, the newest is the one that begins", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), (count) => {
        const place = new Place();
        const ask = (onConflict: OnConflict) =>
          place.ask({ onConflict, targetIds: ["a", "b", "c"], isUndo: false, mayDisplaceUndo: false });
        ask("reject");
        for (let index = 0; index < count; index += 1) ask("queue");
        for (let round = 0; round < 10 && place.all[0]?.status === "running"; round += 1) place.end(0, "succeeded");
        expect(place.all.map((one) => one.status)).toEqual([
          "succeeded",
          ...Array.from({ length: count - 1 }, () => "superseded"),
          "running",
        ]);
      }),
    );
  });
});
