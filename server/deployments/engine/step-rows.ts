import type { Ctx } from "../../core/context.ts";
import type { Tx } from "../../db/client.ts";
import { stepNames, type StepName, type StepStatus } from "../schema.ts";
import type { RunRow } from "./load.ts";

/** Ends the step that runs. */
export async function endStep(
  tx: Tx,
  ctx: Ctx,
  row: RunRow,
  to: { status: StepStatus; reason: string },
): Promise<void> {
  await tx.step.updateMany({
    where: { deploymentTargetId: row.id, name: row.step },
    data: { ...to, finishedAt: ctx.now() },
  });
}

/** Starts a step; the rollback's row exists only once something is undone. */
export async function beginStep(tx: Tx, ctx: Ctx, runId: string, name: StepName): Promise<void> {
  const running = { status: "running", startedAt: ctx.now() };
  await tx.step.upsert({
    where: { deploymentTargetId_name: { deploymentTargetId: runId, name } },
    create: { deploymentTargetId: runId, name, position: stepNames.indexOf(name), ...running },
    update: running,
  });
}

/** Marks the steps that will not happen. */
export async function skipRest(tx: Tx, runId: string): Promise<void> {
  await tx.step.updateMany({ where: { deploymentTargetId: runId, status: "waiting" }, data: { status: "skipped" } });
}
