import type { Field } from "./field.ts";
import type { Dice } from "./random.ts";

/** Something that is broken on purpose while a deployment is under way. */
export type Sabotage = {
  name: string;
  /** After the deployment was asked for, in milliseconds. */
  afterMs: number;
  do(field: Field): Promise<void> | void;
};

const writes = ["RegisterTaskDefinition", "UpdateService", "StopServiceDeployment"];
const reads = ["DescribeServices", "DescribeServiceDeployments", "ListTasks", "DescribeTaskDefinition", "*"];

type Kind = (dice: Dice) => Omit<Sabotage, "afterMs">;

const fault = (kind: string, dice: Dice, actions: string[]): Omit<Sabotage, "afterMs"> => {
  const action = dice.pick(actions);
  const times = dice.between(1, 40);
  return { name: `${kind} ${action} ×${times}`, do: (field) => field.fault({ action, kind, times }) };
};

const kinds: readonly (readonly [number, Kind])[] = [
  [4, () => ({ name: "kill worker", do: (field) => field.kill("worker") })],
  [1, () => ({ name: "kill web", do: (field) => field.kill("web") })],
  [1, () => ({ name: "kill postgres", do: (field) => field.kill("postgres") })],
  [2, (dice) => fault("throttle", dice, [...reads, ...writes])],
  [2, (dice) => fault("unavailable", dice, [...reads, ...writes])],
  [1, (dice) => fault("expired", dice, reads)],
  // The first call of a deployment that changes something is the one whose answer matters most.
  [3, (dice) => ({ ...fault("drop-answer", dice, writes) })],
];

/** What is broken in one run: nothing, one thing, or several. */
export function chooseSabotage(dice: Dice): Sabotage[] {
  const count = dice.weighted([[1, 0], [3, 1], [3, 2], [1, 3]]);
  return Array.from({ length: count }, () => ({ ...dice.weighted(kinds)(dice), afterMs: dice.between(0, 5_000) })).toSorted(
    (a, b) => a.afterMs - b.afterMs,
  );
}
