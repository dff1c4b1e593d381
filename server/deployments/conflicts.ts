import type { OnConflict } from "./schema.ts";

/** A deployment that a request meets at its place: one that is under way, or the one that waits there. */
export type Met = {
  id: string;
  /** A rollback, or something that is being undone: it brings back what worked. */
  isUndo: boolean;
  /** All its targets: they are kept for it until it ends as a whole. */
  targetIds: readonly string[];
  /** Those where it has not ended. */
  unfinishedIds: readonly string[];
};

export type Encounter = {
  onConflict: OnConflict;
  /** Targets that the request is for. */
  targetIds: readonly string[];
  underWay: readonly Met[];
  waiting: Met | null;
  /** Something is locked that the request is for, and nothing lets it pass. */
  isLocked: boolean;
  /** Whoever asks may take the place of a rollback. */
  mayDisplaceUndo: boolean;
};

export type Answer =
  | { do: "begin" | "queue"; displaced: string[] }
  | { do: "refuse"; why: "under_way" | "locked" | "covers_less" | "undo_under_way"; by: string | null };

const overlaps = (one: readonly string[], other: readonly string[]) => one.some((id) => other.includes(id));
const covers = (one: readonly string[], other: readonly string[]) => other.every((id) => one.includes(id));

function displace(met: readonly Met[], { targetIds, mayDisplaceUndo }: Encounter, then: "begin" | "queue"): Answer {
  const wider = met.find((one) => !covers(targetIds, one.unfinishedIds));
  if (wider) return { do: "refuse", why: "covers_less", by: wider.id };
  const undo = mayDisplaceUndo ? undefined : met.find((one) => one.isUndo);
  if (undo) return { do: "refuse", why: "undo_under_way", by: undo.id };
  return { do: then, displaced: met.map((one) => one.id) };
}

/**
 * What becomes of a request that may meet others. What is displaced ends `superseded`; nobody loses targets that the
 * newcomer does not take, and a rollback gives way only to who may displace it.
 */
export function meet(asked: Encounter): Answer {
  const { onConflict, targetIds, isLocked } = asked;
  const underWay = asked.underWay.filter((one) => overlaps(one.targetIds, targetIds));
  const waiting = asked.waiting ? [asked.waiting] : [];
  const waitingHere = waiting.filter((one) => overlaps(one.targetIds, targetIds));
  if (isLocked && onConflict !== "queue") return { do: "refuse", why: "locked", by: null };
  switch (onConflict) {
    case "reject": {
      const first = underWay[0] ?? waitingHere[0];
      return first ? { do: "refuse", why: "under_way", by: first.id } : { do: "begin", displaced: [] };
    }
    case "supersede":
      return displace([...underWay, ...waitingHere], asked, "begin");
    case "queue":
      // A place has one deployment that waits: the newest takes it, whatever the older one was for.
      if (isLocked || underWay.length > 0) return displace(waiting, asked, "queue");
      return displace(waitingHere, asked, "begin");
  }
}
