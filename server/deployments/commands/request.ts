import { actorRef } from "../../core/actor.ts";
import type { CommandContext } from "../../core/command.ts";
import { AppError } from "../../core/errors.ts";
import type { Deployment, DeploymentTarget } from "../../db/generated/client.ts";
import { movePlace } from "../engine/move-place.ts";
import { undoRun } from "../engine/reopen.ts";
import { settleDeployment } from "../engine/save-run.ts";
import { endRuns } from "../engine/start-runs.ts";
import { isActive } from "../rules.ts";

type Asked = {
  deployment: Deployment;
  request: "rollback" | "cancel";
  reason: string;
  marksBad: boolean;
  /** Only these targets; by default all of them. */
  targetIds?: readonly string[] | undefined;
};

/** Undoes what began on these targets, and ends what waits there. Answers how many there were. */
async function undoAll(
  ctx: CommandContext,
  runs: readonly DeploymentTarget[],
  { request, reason, marksBad }: Asked,
): Promise<number> {
  const queued = runs.filter((run) => run.status === "queued");
  const why = request === "cancel" ? "A person cancelled the deployment." : "A person rolled the deployment back.";
  await endRuns(ctx.tx, queued, { status: "cancelled", reason: why, now: ctx.now() });
  let count = queued.length;
  for (const run of runs) {
    if (await undoRun(ctx.tx, ctx, run, { request, by: actorRef(ctx.actor), reason, marksBad })) count += 1;
  }
  return count;
}

/**
 * Undoes a deployment that has not ended, or some of its targets: what moves is stopped, what was reached is returned,
 * what waits never begins. The first who asks is heard; the next gets a conflict, and so does whoever asks for what is
 * happening by itself already. The caller has locked the place.
 */
export async function requestUndo(ctx: CommandContext, asked: Asked): Promise<void> {
  const { deployment, request, reason, marksBad, targetIds } = asked;
  const all = await ctx.tx.deploymentTarget.findMany({
    where: { deploymentId: deployment.id },
    orderBy: { id: "asc" },
  });
  const runs = targetIds ? all.filter((run) => targetIds.includes(run.targetId)) : all;
  if ((await undoAll(ctx, runs, asked)) === 0) {
    throw new AppError("conflict", "It has ended, or it is being undone already.", {
      reason: "already_requested",
      deployment: deployment.id,
    });
  }
  const status = await settleDeployment(ctx.tx, ctx, deployment.id);
  ctx.record({
    action: `deployment.${request}`,
    topic: "deployments",
    subject: { kind: "deployment", id: deployment.id },
    serviceId: deployment.serviceId,
    environmentId: deployment.environmentId,
    reason,
    changes: { request, marksBad, ...(targetIds ? { targets: runs.map((run) => run.targetId) } : {}) },
  });
  if (isActive(status)) return;
  for (const entry of await movePlace(ctx.tx, ctx, deployment)) ctx.record(entry);
}
