import { actorRef } from "../../core/actor.ts";
import type { CommandContext } from "../../core/command.ts";
import { AppError } from "../../core/errors.ts";
import type { Deployment } from "../../db/generated/client.ts";
import { enqueue } from "../../jobs/queue.ts";
import { activeStatuses } from "../schema.ts";
import type { PersonRequest } from "../steps/step.ts";

type Asked = { deployment: Deployment; request: PersonRequest; reason: string; marksBad: boolean };

/**
 * Asks the engine to undo a deployment that is under way. The first who asks is heard; the next gets a conflict, and
 * so does whoever asks for what is happening by itself already.
 */
export async function requestUndo(ctx: CommandContext, { deployment, request, reason, marksBad }: Asked): Promise<void> {
  const { count } = await ctx.tx.deploymentTarget.updateMany({
    where: { deploymentId: deployment.id, status: { in: activeStatuses.filter((status) => status !== "rolling_back") }, request: null },
    data: {
      ...{ request, requestedBy: actorRef(ctx.actor), requestReason: reason, requestMarksBad: marksBad },
      // Whatever the engine waited for, it looks now, and tries from the shortest wait on.
      ...{ attempts: 0, nextAt: null, rowVersion: { increment: 1 } },
    },
  });
  if (count === 0) {
    throw new AppError("conflict", "It has ended, or it is being undone already.", { reason: "already_requested", deployment: deployment.id });
  }
  const runs = await ctx.tx.deploymentTarget.findMany({ where: { deploymentId: deployment.id }, select: { id: true } });
  for (const { id } of runs) await enqueue(ctx.tx, "deployment:advance", { id }, { key: id });
  ctx.record({
    action: `deployment.${request}`,
    topic: "deployments",
    subject: { kind: "deployment", id: deployment.id },
    serviceId: deployment.serviceId,
    environmentId: deployment.environmentId,
    reason,
    changes: { request, marksBad },
  });
}
