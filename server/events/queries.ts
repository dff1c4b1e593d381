import type { Db } from "../db/client.ts";

/** What a live page is told: that something changed, never what it is now. */
export type LiveEvent = {
  cursor: bigint;
  topic: string;
  action: string;
  id: string;
  serviceId: string | null;
  environmentId: string | null;
};

/** Most events that a reconnecting page is told one by one; beyond that it reloads everything. */
export const replayLimit = 500;

/** Newest cursor that was given; 0 when there are no events. */
export async function headCursor(db: Db): Promise<bigint> {
  const row = await db.event.findFirst({
    where: { cursor: { not: null } },
    orderBy: { cursor: "desc" },
    select: { cursor: true },
  });
  return row?.cursor ?? 0n;
}

// Reads that have not begun yet, by cursor.
const waiting = new WeakMap<Db, Map<bigint, Promise<LiveEvent[]>>>();

/**
 * Events after a cursor, oldest first, at most `replayLimit + 1` of them. A thousand pages that hear of one event ask
 * at once and are mostly at the same cursor: those that ask before the read begins share it. Who asks later gets a
 * read of its own, so that nobody is answered with what was read before they knew of something.
 */
export function eventsAfter(db: Db, cursor: bigint): Promise<LiveEvent[]> {
  const reads = waiting.get(db) ?? new Map<bigint, Promise<LiveEvent[]>>();
  waiting.set(db, reads);
  const joined = reads.get(cursor);
  if (joined) return joined;
  const read = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
    reads.delete(cursor);
    return readEvents(db, cursor);
  });
  reads.set(cursor, read);
  return read;
}

async function readEvents(db: Db, cursor: bigint): Promise<LiveEvent[]> {
  const rows = await db.event.findMany({
    where: { cursor: { gt: cursor } },
    orderBy: { cursor: "asc" },
    take: replayLimit + 1,
  });
  return rows.map(({ cursor: at, topic, action, subjectId, serviceId, environmentId }) => ({
    cursor: at ?? 0n,
    topic,
    action,
    id: subjectId,
    serviceId,
    environmentId,
  }));
}

/** Whether a page's cursor means nothing here: events after it were deleted, or the database is another one since. */
export async function isForgotten(db: Db, cursor: bigint): Promise<boolean> {
  if (cursor > (await headCursor(db))) return true;
  const oldest = await db.event.findFirst({
    where: { cursor: { not: null } },
    orderBy: { cursor: "asc" },
    select: { cursor: true },
  });
  return oldest?.cursor != null && oldest.cursor > cursor + 1n && cursor > 0n;
}
