import type { ListedTargetDto } from "#server/services/schema.ts";
import { healthWord, healthWords } from "./health-state.tsx";
import { worstHealth } from "./worst-health.ts";

/** Targets of one environment told as one. */
export type TargetsHere = {
  /** The one that is worst off, the first of several: a dead region is never averaged away. */
  worst: ListedTargetDto;
  /** How many are as the worst one is, in the word that is said of it. */
  alike: number;
  /** What runs; during waves, or after a part was undone, several. */
  versions: readonly string[];
  /** In words, where no version is known of a target. */
  without: readonly string[];
  /** Since when all of them run what they run, where it is one version. ISO 8601. */
  since: string | null;
  /** Deployments under way, each once, with the target at which most happens. */
  active: readonly NonNullable<ListedTargetDto["active"]>[];
  /** Releases that some target lacks and that are not on their way. */
  coming: ListedTargetDto["lacks"];
  /** Locks, each once. */
  locks: readonly NonNullable<ListedTargetDto["lock"]>[];
};

/** Undefined when there is none. */
export function targetsHere(targets: readonly ListedTargetDto[]): TargetsHere | undefined {
  const health = worstHealth(targets);
  const ill = targets.filter((target) => target.health === health);
  // What nobody has seen is worse than what wants no task, although both are unknown.
  const worst = ill.find((target) => healthWord(target) === healthWords[health]) ?? ill[0];
  if (!worst) return undefined;
  const versions = [...new Set(targets.flatMap(({ release }) => release?.version ?? []))];
  const without = [...new Set(targets.filter(({ release }) => !release).map(withoutVersion))];
  const times = targets.flatMap(({ releaseSince }) => releaseSince ?? []).toSorted();
  // What waits for its wave is told by the wave that moves.
  const moving = targets.flatMap(({ active }) => active ?? []).toSorted((a, b) => rank(b.status) - rank(a.status));
  const active = firstOfEach(moving);
  const isComing = new Set(active.map(({ version }) => version));
  return {
    worst,
    alike: targets.filter((target) => healthWord(target) === healthWord(worst)).length,
    versions,
    without,
    since: versions.length === 1 && without.length === 0 ? (times.at(-1) ?? null) : null,
    active,
    coming: firstOfEach(targets.flatMap(({ lacks }) => lacks)).filter(({ version }) => !isComing.has(version)),
    locks: firstOfEach(targets.flatMap(({ lock }) => lock ?? [])),
  };
}

/** What runs on a target whose version the portal does not know. */
export function withoutVersion({ runningCount }: Pick<ListedTargetDto, "runningCount">): string {
  return runningCount > 0 ? "unknown version" : "nothing yet";
}

const rank = (status: string) => (status === "queued" ? 0 : status === "paused" ? 1 : 2);

function firstOfEach<T extends { id: string }>(items: readonly T[]): T[] {
  return items.filter(({ id }, index) => items.findIndex((other) => other.id === id) === index);
}
