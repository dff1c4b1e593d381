import { setTimeout as sleep } from "node:timers/promises";
import type { Field, Program } from "./field.ts";
import type { Dice } from "./random.ts";
import type { Place } from "./place.ts";
import { forge, overload } from "./strangers.ts";

/** Something that is broken on purpose while a deployment is under way. */
export type Sabotage = {
  name: string;
  /** After the deployment was asked for, in milliseconds. */
  afterMs: number;
  /** May answer what it found wrong. */
  do(field: Field, place: Place): Promise<string[] | void> | void;
};

const writes = ["RegisterTaskDefinition", "UpdateService", "StopServiceDeployment"];
const reads = ["DescribeServices", "DescribeServiceDeployments", "ListTasks", "DescribeTaskDefinition", "*"];

type Kind = (dice: Dice) => Omit<Sabotage, "afterMs">;

const fault = (kind: string, dice: Dice, actions: string[]): Omit<Sabotage, "afterMs"> => {
  const action = dice.pick(actions);
  // A write is tried again later and later: many failures would take longer than anybody waits.
  const times = dice.between(1, writes.includes(action) ? 6 : 40);
  return { name: `${kind} ${action} ×${times}`, do: (field) => field.fault({ action, kind, times }) };
};

/** No call to ECS is answered for a while; then all are, whatever else was to go wrong. */
const cut = (dice: Dice): Omit<Sabotage, "afterMs"> => {
  const ms = dice.between(1_000, 12_000);
  return {
    name: `cut ECS off ${(ms / 1000).toFixed(0)}s`,
    async do(field) {
      await field.fault({ action: "*", kind: "unavailable", times: 1_000 });
      await sleep(ms);
      await field.clearFaults();
    },
  };
};

/** The process stands still, and then goes on as if nothing had been: what it knew may be old by then. */
const freeze = (program: Program, dice: Dice): Omit<Sabotage, "afterMs"> => {
  const ms = dice.between(1_000, 12_000);
  return { name: `freeze ${program} ${(ms / 1000).toFixed(0)}s`, do: (field) => field.freeze(program, ms) };
};

/** Another worker goes on with what one did that stands still, or comes and goes as machines do. */
const secondWorker = (dice: Dice): Omit<Sabotage, "afterMs"> => {
  const ms = dice.between(2_000, 10_000);
  return {
    name: `second worker, frozen first ${(ms / 1000).toFixed(0)}s`,
    async do(field) {
      const kill = field.startWorker();
      await field.freeze("worker", ms);
      await sleep(ms / 2);
      kill();
    },
  };
};

const kinds: readonly (readonly [number, Kind])[] = [
  [4, () => ({ name: "kill worker", do: (field) => field.kill("worker") })],
  [1, () => ({ name: "kill web", do: (field) => field.kill("web") })],
  [1, () => ({ name: "kill postgres", do: (field) => field.kill("postgres") })],
  [2, (dice) => fault("throttle", dice, [...reads, ...writes])],
  [2, (dice) => fault("unavailable", dice, [...reads, ...writes])],
  [1, (dice) => fault("expired", dice, reads)],
  // The first call of a deployment that changes something is the one whose answer matters most.
  [3, (dice) => fault("drop-answer", dice, writes)],
  [2, cut],
  [1, (dice) => freeze("worker", dice)],
  [1, (dice) => freeze("web", dice)],
  [2, secondWorker],
  [2, () => ({ name: "forge", do: forge })],
  [2, () => ({ name: "overload", do: overload })],
];

/** What is broken in one run: nothing, one thing, or several. */
export function chooseSabotage(dice: Dice): Sabotage[] {
  const count = dice.weighted([
    [1, 0],
    [3, 1],
    [3, 2],
    [1, 3],
  ]);
  return Array.from({ length: count }, () => ({
    ...dice.weighted(kinds)(dice),
    afterMs: dice.between(0, 5_000),
  })).toSorted((a, b) => a.afterMs - b.afterMs);
}
