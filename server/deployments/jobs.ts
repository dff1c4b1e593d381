import { z } from "zod";
import { log } from "../core/log.ts";
import { storedTrace } from "../core/trace.ts";
import { notifyFacts } from "../events/facts.ts";
import { enqueue } from "../jobs/queue.ts";
import type { Handler } from "../jobs/worker-context.ts";
import { inTransaction, type Db } from "../db/client.ts";
import { adoptOutside } from "./engine/adopt.ts";
import { advance, type Next } from "./engine/advance.ts";
import { healPlaces } from "./engine/move-place.ts";
import { underWayStatuses } from "./schema.ts";

const advancePayload = z.object({ id: z.string() });
const healPayload = z.object({ endedLock: z.string().optional() });

/** When somebody else holds the run, look again this soon: what was asked meanwhile must not wait for their next look. */
const busyMs = 300;

/** Moves one deployment on one target as far as it goes, and asks to be called again. */
export const advanceDeployment: Handler = async ({ db, ports, locks, scale, now }, payload) => {
  const { id } = advancePayload.parse(payload);
  const run = await db.deploymentTarget.findUnique({ where: { id }, select: { targetId: true } });
  if (!run) return;
  // The target and not the run: a deployment that was superseded may still be in a call when its successor begins.
  const done = await locks.tryWith(`target:${run.targetId}`, () =>
    advance({ db, ports, scale, ...(now ? { now } : {}) }, id),
  );
  if (!done) await enqueue(db, "deployment:advance", { id }, { key: id, inMs: busyMs });
  else if (done.value) await lookAgain(db, id, done.value, now?.() ?? new Date());
  // What ECS brings now need not be what this deployment left.
  else await enqueue(db, "deployment:adopt", { targetId: run.targetId }, { key: run.targetId });
};

const adoptPayload = z.object({ targetId: z.string() });

/** Takes up what was started outside the portal on a target, if anything was. */
export const adoptDeployment: Handler = async ({ db, ports }, payload) => {
  const { targetId } = adoptPayload.parse(payload);
  const id = await adoptOutside(db, ports, targetId);
  if (id) log.info({ deployment: id, target: targetId }, "a deployment from outside the portal was adopted");
};

/**
 * Adds the next look. It takes the place of any that waits, also of the one that a person's request added while this
 * look was going on; hence, under the row's lock that a request takes as well, a request not seen yet is due at once.
 */
async function lookAgain(db: Db, id: string, seen: NonNullable<Next>, now: Date): Promise<void> {
  await inTransaction(db, async (tx) => {
    const [row] = await tx.$queryRaw<{ request: string | null }[]>`
      select request from deployment_targets where id = ${id} for update`;
    const due = { runAt: new Date(seen.atMs), inMs: seen.atMs - now.getTime() };
    await enqueue(
      tx,
      "deployment:advance",
      { id },
      { key: id, ...(row?.request === seen.request ? due : { inMs: 0 }) },
    );
  });
}

/** Takes up every deployment that is under way, and begins what waits for nothing: heals lost jobs and killed workers. */
export const healDeployments: Handler = async ({ db }, payload) => {
  const { endedLock } = healPayload.parse(payload ?? {});
  // Nobody writes when a lock ends by itself: pages that show it are told.
  if (endedLock) await notifyFacts(db, "locks", endedLock);
  const runs = await db.deploymentTarget.findMany({
    where: { status: { in: [...underWayStatuses] } },
    select: { id: true, deployment: { select: { traceparent: true } } },
  });
  for (const { id, deployment } of runs) {
    await enqueue(db, "deployment:advance", { id }, { key: id, from: storedTrace(deployment) });
  }
  await healPlaces(db);
};
