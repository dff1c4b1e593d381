import { log } from "../core/log.ts";
import type { Db } from "../db/client.ts";

const everyMs = 5_000;

/** A worker whose heartbeat is older than this is taken for dead, in milliseconds. */
export const heartbeatFreshMs = 30_000;

/** Writes this worker's heartbeat until stopped; the last one is removed, so that `/ready` tells the truth at once. */
export function startHeartbeat(db: Db, id: string): { stop(): Promise<void> } {
  const startedAt = new Date();
  const beat = async () => {
    const at = new Date();
    const row = { kind: "worker", startedAt, at };
    try {
      await db.heartbeat.upsert({ where: { id }, create: { id, ...row }, update: row });
      await db.heartbeat.deleteMany({ where: { at: { lt: new Date(at.getTime() - 24 * 3_600_000) } } });
    } catch (error) {
      log.warn({ err: error }, "heartbeat not written");
    }
  };
  void beat();
  const timer = setInterval(() => void beat(), everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await db.heartbeat.deleteMany({ where: { id } }).catch(() => undefined);
    },
  };
}
