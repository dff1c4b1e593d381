import { actorOf } from "../../auth/actor-of.ts";
import type { Ctx } from "../../core/context.ts";
import { allows, whyNot } from "../../core/permissions.ts";
import type { Recorded } from "../../core/record.ts";
import type { Tx } from "../../db/client.ts";
import { lockOn } from "../../locks/queries/open.ts";
import type { Cause } from "../advice.ts";
import { atPlace, metOf, type MetRow, type Place } from "../commands/holders.ts";
import { underWayStatuses } from "../schema.ts";
import { firstWave } from "../waves.ts";
import { endRuns, startRuns } from "./start-runs.ts";

/** Name under which a deployment keeps that it may pass a lock, beside the gates that it may pass. */
export const lockOverride = "lock";

/** Whether a deployment may begin although its place is locked: whoever asked may override, and said why. */
export function passesLock(overrides: unknown): boolean {
  return (overrides as { gate: string }[]).some(({ gate }) => gate === lockOverride);
}

/** Why what was asked for earlier may not begin any more, or undefined. */
async function obstacle(tx: Tx, ctx: Ctx, row: MetRow): Promise<string | undefined> {
  const { service, environment, release } = row;
  const now = ctx.now();
  const actor = await actorOf(tx, row.createdBy, now);
  if (!actor) return "Whoever asked for it may not deploy any more.";
  const allowed = whyNot(actor, "deployments:write", { service, environment }, now);
  if (allowed !== true) return `Whoever asked for it may not deploy here any more. ${allowed}`;
  const verdict = await tx.verdict.findUnique({
    where: { releaseId_environmentId: { releaseId: row.releaseId, environmentId: row.environmentId } },
  });
  const mayLift = allows(actor, "verdicts:write", { service, environment }, now);
  // Who may deploy what is held knew of it only when it was held before they asked.
  if (verdict?.held && (!mayLift || verdict.at > row.createdAt)) {
    return `${release.version} was held in ${environment.slug} meanwhile: ${verdict.reason}`;
  }
  if (row.kind !== "rollback" || row.rollbackOfId === null) return undefined;
  const undone = await tx.deployment.findUniqueOrThrow({ where: { id: row.rollbackOfId }, include: { release: true } });
  const runs = await tx.target.count({
    where: { id: { in: row.targets.map((run) => run.targetId) }, releaseId: undone.releaseId },
  });
  return runs > 0 ? undefined : `${undone.release.version}, which it was to undo, does not run here any more.`;
}

function entryOf(row: MetRow, action: string, reason?: string): Recorded {
  const { id, serviceId, environmentId } = row;
  return {
    action,
    topic: "deployments",
    subject: { kind: "deployment", id },
    serviceId,
    environmentId,
    ...(reason ? { reason } : {}),
    changes: { version: row.release.version },
  };
}

async function giveUp(tx: Tx, ctx: Ctx, row: MetRow, reason: string): Promise<Recorded> {
  const cause: Cause = {
    kind: "not_begun",
    headline: reason,
    detail: "It had waited for its turn. Nothing was changed.",
    advice: "Deploy again when that has been settled.",
  };
  await endRuns(tx, row.targets, { status: "cancelled", reason, now: ctx.now() });
  await tx.deployment.update({
    where: { id: row.id },
    data: { status: "cancelled", finishedAt: ctx.now(), cause, rowVersion: { increment: 1 } },
  });
  return entryOf(row, "deployment.end", reason);
}

/**
 * Begins the deployment that waits at a place, when nothing is in its way any more. What has changed since it was
 * asked for counts: who asked may still deploy, the release is not held, nothing is locked. Its gates run now. The
 * caller has locked the place. May be called at any time.
 */
export async function beginWaiting(tx: Tx, ctx: Ctx, place: Place): Promise<Recorded[]> {
  const { underWay, waiting } = await atPlace(tx, place);
  if (!waiting) return [];
  const targetIds = [...metOf(waiting).targetIds];
  if (underWay.some((row) => metOf(row).targetIds.some((id) => targetIds.includes(id)))) return [];
  if (
    (await tx.deploymentTarget.count({
      where: { targetId: { in: targetIds }, status: { in: [...underWayStatuses] } },
    })) > 0
  )
    return [];
  if (!passesLock(waiting.overrides) && (await lockOn(tx, { ...place, targetIds }, ctx.now()))) return [];
  const reason = await obstacle(tx, ctx, waiting);
  if (reason !== undefined) return [await giveUp(tx, ctx, waiting, reason)];
  const current = await tx.target.findUniqueOrThrow({ where: { id: targetIds[0] ?? "" } });
  await tx.deployment.update({
    where: { id: waiting.id },
    data: {
      status: "running",
      startedAt: ctx.now(),
      rowVersion: { increment: 1 },
      fromReleaseId: current.releaseId,
      fromConfigVersionId: current.configVersionId,
    },
  });
  await startRuns(tx, firstWave(waiting.targets), ctx.now());
  return [entryOf(waiting, "deployment.begin")];
}
