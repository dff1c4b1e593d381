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
  const row = await db.event.findFirst({ where: { cursor: { not: null } }, orderBy: { cursor: "desc" }, select: { cursor: true } });
  return row?.cursor ?? 0n;
}

/** Events after a cursor, oldest first, at most `replayLimit + 1` of them. */
export async function eventsAfter(db: Db, cursor: bigint): Promise<LiveEvent[]> {
  const rows = await db.event.findMany({ where: { cursor: { gt: cursor } }, orderBy: { cursor: "asc" }, take: replayLimit + 1 });
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
  const oldest = await db.event.findFirst({ where: { cursor: { not: null } }, orderBy: { cursor: "asc" }, select: { cursor: true } });
  return oldest?.cursor != null && oldest.cursor > cursor + 1n && cursor > 0n;
}
