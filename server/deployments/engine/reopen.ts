import type { Ctx } from "../../core/context.ts";
import type { Tx } from "../../db/client.ts";
import type { DeploymentTarget, Prisma } from "../../db/generated/client.ts";
import { enqueue } from "../../jobs/queue.ts";
import { underWayStatuses } from "../schema.ts";
import type { PersonRequest } from "../steps/step.ts";
import { beginStep } from "./step-rows.ts";

type Undo = {
  request: PersonRequest;
  by: string;
  reason: string;
  marksBad: boolean;
  /** Why, when it was found out and not asked for. */
  cause?: Prisma.InputJsonObject | undefined;
};

/**
 * Undoes one target of a deployment that is under way: what moves there is stopped; what had succeeded there is opened
 * again, and what ran before is rolled out. Answers whether there was something to undo.
 */
export async function undoRun(
  tx: Tx,
  ctx: Ctx,
  run: DeploymentTarget,
  { request, by, reason, marksBad, cause }: Undo,
): Promise<boolean> {
  const isOpen = run.status === "running" || run.status === "paused";
  if (!isOpen && run.status !== "succeeded") return false;
  if (isOpen && run.request !== null) return false;
  // Somebody else's work began there since, outside the portal: what they bring is not ours to undo.
  const isTaken = await tx.deploymentTarget.count({
    where: { targetId: run.targetId, status: { in: [...underWayStatuses] }, id: { not: run.id } },
  });
  if (isTaken > 0) return false;
  await tx.deploymentTarget.update({
    where: { id: run.id },
    data: {
      request,
      requestedBy: by,
      requestReason: reason,
      requestMarksBad: marksBad,
      ...(cause ? { cause } : {}),
      ...(isOpen ? {} : { status: "rolling_back", step: "rollback" }),
      // Whatever the engine waited for, it looks now, and tries from the shortest wait on.
      attempts: 0,
      nextAt: null,
      rowVersion: { increment: 1 },
    },
  });
  if (!isOpen) await beginStep(tx, ctx, run.id, "rollback");
  await enqueue(tx, "deployment:advance", { id: run.id }, { key: run.id });
  return true;
}
