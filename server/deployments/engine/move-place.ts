import { systemContext, type Ctx } from "../../core/context.ts";
import { log } from "../../core/log.ts";
import { appendRecords, type Recorded } from "../../core/record.ts";
import { inTransaction, type Db, type Tx } from "../../db/client.ts";
import { atPlace, lockPlace, type Place } from "../commands/holders.ts";
import { activeStatuses } from "../schema.ts";
import { beginWaiting } from "./begin-waiting.ts";
import { moveWaves } from "./move-waves.ts";
import { settleDeployment } from "./save-run.ts";

/**
 * Begins whatever may begin at a place: later waves of what is under way, then what waits. The caller has locked the
 * place. May be called at any time, any number of times.
 */
export async function movePlace(tx: Tx, ctx: Ctx, place: Place): Promise<Recorded[]> {
  const entries: Recorded[] = [];
  const { underWay } = await atPlace(tx, place);
  for (const row of underWay) {
    const moved = await moveWaves(tx, ctx, row);
    if (moved.length > 0) await settleDeployment(tx, ctx, row.id);
    entries.push(...moved);
  }
  return [...entries, ...(await beginWaiting(tx, ctx, place))];
}

/** Looks at every place where something waits: heals what an ending did not begin, and ends the wait for a lock. */
export async function healPlaces(db: Db, now: () => Date = () => new Date()): Promise<void> {
  const rows = await db.deployment.findMany({
    where: { targets: { some: { status: "queued" } }, status: { in: [...activeStatuses] } },
    select: { serviceId: true, environmentId: true },
    distinct: ["serviceId", "environmentId"],
  });
  for (const place of rows) {
    try {
      await inTransaction(db, (tx) =>
        healPlace(tx, place, { ...systemContext(db, { kind: "job", id: "deployments:heal" }), now }),
      );
    } catch (error) {
      // One place that cannot be looked at must not keep the others waiting; it is looked at again in a minute.
      log.error({ err: error, ...place }, "what waits at a place could not be moved on");
    }
  }
}

async function healPlace(tx: Tx, place: Place, context: Ctx): Promise<void> {
  await lockPlace(tx, place);
  const ctx = { ...context, db: tx };
  const entries = await movePlace(tx, ctx, place);
  if (entries.length > 0) await appendRecords(tx, ctx, entries);
}
