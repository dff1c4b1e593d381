import { BoundedMap } from "../../core/bounded-map.ts";
import type { Placement, Ports, RuntimeTask } from "../ports.ts";
import { pollAwsMs, type Run } from "../steps/step.ts";
import { watchOn, type Watch } from "../steps/time-limit.ts";

/**
 * How much one look reads, so that many deployments at once stay within a tenth of ECS's read quotas (20 a second of
 * each kind, per account and region). Listing tasks cannot be batched, hence it has an allowance: with few deployments
 * under way every look lists them, with many only those where something else changed, or whose turn it is.
 */
export type Look = {
  at: Date;
  scale: number;
  /** Takes from the account's allowance of lists, if there is one left. */
  mayList(): boolean;
  /** Whether `shape` differs from the last look. */
  hasChanged(shape: string): boolean;
  /** Whether it is time to look in full, whatever changed: in the same moment for all, so that it goes out together. */
  isTurn(): boolean;
  /** Tasks as last listed. */
  known(): RuntimeTask[] | undefined;
  keep(tasks: RuntimeTask[]): void;
  /** To be called when AWS has answered: for how long looks have come without a gap, in AWS milliseconds. */
  watched(): number;
};

type Known = { shape?: string; turn?: number; tasks?: RuntimeTask[]; watch?: Watch };
type Allowance = { left: number; atAwsMs: number };
type Memory = { runs: BoundedMap<string, Known>; allowances: Map<string, Allowance> };

/** A list is two calls and a share of a third: a twentieth of the quota, sustained. */
const listsPerAwsSecond = 0.35;
const mostLists = 60;

/** Between two looks at what does not seem to change. */
const turnAwsMs = 5 * pollAwsMs;

/** Runs that are remembered; forgetting one costs it one full look. */
const mostRuns = 1_000;

// Of this process alone: after a restart everything is looked at in full.
const memories = new WeakMap<Ports, Memory>();

function memoryOf(ports: Ports): Memory {
  const memory = memories.get(ports) ?? { runs: new BoundedMap(mostRuns), allowances: new Map() };
  memories.set(ports, memory);
  return memory;
}

function recall(runs: Memory["runs"], key: string): Known {
  const known = runs.get(key) ?? {};
  runs.set(key, known);
  return known;
}

function take(allowances: Memory["allowances"], { accountId, region }: Placement, nowAwsMs: number): boolean {
  const key = `${accountId}/${region}`;
  const { left, atAwsMs } = allowances.get(key) ?? { left: mostLists, atAwsMs: nowAwsMs };
  const passed = Math.max(0, nowAwsMs - atAwsMs) / 1_000;
  const now = Math.min(mostLists, left + passed * listsPerAwsSecond);
  allowances.set(key, { left: now >= 1 ? now - 1 : now, atAwsMs: nowAwsMs });
  return now >= 1;
}

/** One look at a run. `scale` turns real time into AWS time, in which quotas count. */
export function lookAt(ports: Ports, { id, step, placement }: Run, now: Date, scale: number): Look {
  const memory = memoryOf(ports);
  const known = recall(memory.runs, `${id}/${step}`);
  const nowAwsMs = now.getTime() * scale;
  return {
    mayList: () => take(memory.allowances, placement, nowAwsMs),
    at: now,
    scale,
    hasChanged(shape) {
      const before = known.shape;
      known.shape = shape;
      return before !== shape;
    },
    isTurn() {
      const before = known.turn;
      known.turn = Math.floor(nowAwsMs / turnAwsMs);
      return before !== known.turn;
    },
    known: () => known.tasks,
    keep: (tasks) => void (known.tasks = tasks),
    watched() {
      known.watch = watchOn(known.watch, nowAwsMs);
      return known.watch.toAwsMs - known.watch.fromAwsMs;
    },
  };
}

/**
 * When to look again: after about `waitMs`, at a moment of a grid that all looks share, so that what they read goes out
 * in the same calls. Both in real milliseconds; waits longer than a poll keep their length to half a poll.
 */
export function onGrid(nowMs: number, waitMs: number, scale: number): number {
  const grid = Math.max(1, Math.min(waitMs, pollAwsMs / scale));
  return Math.max(Math.round((nowMs + waitMs) / grid) * grid, nowMs + 1);
}
