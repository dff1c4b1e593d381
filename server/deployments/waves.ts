import type { DeploymentStatus } from "./schema.ts";

/** One target of a deployment that is under way. */
export type WaveRun = {
  id: string;
  wave: number;
  status: DeploymentStatus;
  /** A person asked to undo it. */
  isAsked: boolean;
};

/** What happens to the other targets of a deployment when one of them has moved. */
export type WaveStep = {
  /** Runs that begin. */
  start: string[];
  /** Runs that waited and never begin. */
  cancel: string[];
  /** Runs that had succeeded or are under way, and are undone. */
  undo: string[];
};

const nothing: WaveStep = { start: [], cancel: [], undo: [] };

const hasEndedBadly = ({ status }: WaveRun) =>
  ["failed", "rolled_back", "rollback_failed", "cancelled", "superseded"].includes(status);

/** The release did not work there, which the portal or ECS found out by itself. */
const isFault = (run: WaveRun) => !run.isAsked && (run.status === "rolled_back" || run.status === "rollback_failed");

/** Waves in order of their numbers; the first is the one that begins with the deployment. */
export function firstWave(runs: readonly Pick<WaveRun, "id" | "wave">[]): string[] {
  const first = Math.min(...runs.map((run) => run.wave));
  return runs.filter((run) => run.wave === first).map((run) => run.id);
}

/**
 * What follows for the other targets. A wave begins when every target of the waves before it has succeeded. When one
 * ends badly, what waited never begins. When the release itself was at fault, `undoesAll` says whether the targets
 * that it had reached are undone as well.
 */
export function nextOfWaves(runs: readonly WaveRun[], { undoesAll }: { undoesAll: boolean }): WaveStep {
  const queued = runs.filter((run) => run.status === "queued");
  if (runs.some(hasEndedBadly)) {
    const reached = runs.filter((run) => ["succeeded", "running", "paused"].includes(run.status) && !run.isAsked);
    const isUndone = undoesAll && runs.some(isFault);
    return { start: [], cancel: queued.map((run) => run.id), undo: isUndone ? reached.map((run) => run.id) : [] };
  }
  if (queued.length === 0) return nothing;
  const next = firstWave(queued);
  const isReady = runs.every((run) => run.status === "succeeded" || run.status === "queued");
  return isReady ? { ...nothing, start: next } : nothing;
}
