import { awsElapsedMs, type Facts, type Run } from "./step.ts";

/** When nobody saw a run for longer than this, in AWS milliseconds, its watch begins anew. */
const gapAwsMs = 5 * 60_000;

/** What has to be watched without a gap before a limit ends anything, in AWS milliseconds. */
const leastWatchedAwsMs = 15 * 60_000;

/** Looks of which each came soon after the one before, in AWS milliseconds of one clock. */
export type Watch = { fromAwsMs: number; toAwsMs: number };

/** The watch with one more look, at `nowAwsMs`. */
export function watchOn(watch: Watch | undefined, nowAwsMs: number): Watch {
  const goesOn = watch !== undefined && nowAwsMs - watch.toAwsMs <= gapAwsMs;
  return { fromAwsMs: goesOn ? watch.fromAwsMs : nowAwsMs, toAwsMs: nowAwsMs };
}

/**
 * Whether a step has had its time. Not by the clock alone: while the portal, its database or AWS was away nobody could
 * look, and nobody could act either. Hence a quarter of an hour, or a shorter limit itself, has to be watched without a
 * gap before anything is ended for being late. The first looks after a gap, or of a new worker, end nothing.
 */
export function isTimeUp(
  run: Run,
  facts: Facts,
  { limitAwsMs, now, scale }: { limitAwsMs: number; now: Date; scale: number },
): boolean {
  const leastAwsMs = Math.min(limitAwsMs, leastWatchedAwsMs);
  return awsElapsedMs(run, now, scale) > limitAwsMs && (facts.watchedAwsMs ?? 0) >= leastAwsMs;
}
