import { storedTrace } from "../../core/trace.ts";
import type { Tx } from "../../db/client.ts";
import { enqueue } from "../../jobs/queue.ts";
import type { StepName } from "../schema.ts";
import { plannedSteps } from "../steps/index.ts";

const first = plannedSteps[0] as StepName;

/** Begins runs that were queued: from now on each holds its target, and the engine moves it. */
export async function startRuns(tx: Tx, runIds: readonly string[], now: Date): Promise<void> {
  for (const id of runIds) {
    const { deployment } = await tx.deploymentTarget.update({
      where: { id },
      data: { status: "running", rowVersion: { increment: 1 } },
      select: { deployment: { select: { traceparent: true } } },
    });
    await tx.step.update({
      where: { deploymentTargetId_name: { deploymentTargetId: id, name: first } },
      data: { status: "running", startedAt: now },
    });
    await enqueue(tx, "deployment:advance", { id }, { key: id, from: storedTrace(deployment) });
  }
}

/** Ends runs where nothing is left to be done, with the reason on the step that they stood at. */
export async function endRuns(
  tx: Tx,
  runs: readonly { id: string; step: string }[],
  end: { status: "cancelled" | "superseded"; reason: string; now: Date },
): Promise<void> {
  for (const { id, step } of runs) {
    await tx.deploymentTarget.update({
      where: { id },
      data: { status: end.status, nextAt: null, lastError: null, failingSince: null, rowVersion: { increment: 1 } },
    });
    await tx.step.updateMany({
      where: { deploymentTargetId: id, name: step },
      data: { status: "skipped", reason: end.reason, finishedAt: end.now },
    });
    await tx.step.updateMany({ where: { deploymentTargetId: id, status: "waiting" }, data: { status: "skipped" } });
  }
}
