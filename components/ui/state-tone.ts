import type { StateKind } from "./state-mark.tsx";

/** Text colour of a state's mark, and of its word where the word is coloured too. */
export const stateTone: Record<StateKind, string> = {
  ok: "text-ok",
  moving: "text-moving",
  waiting: "text-waiting",
  degraded: "text-degraded",
  failed: "text-failed",
  unknown: "text-unknown",
};
