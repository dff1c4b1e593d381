import type { Ctx } from "../../core/context.ts";
import type { Recorded } from "../../core/record.ts";
import type { Tx } from "../../db/client.ts";
import type { Cause } from "../advice.ts";
import { isActive } from "../rules.ts";
import type { DeploymentStatus } from "../schema.ts";
import { saveVerdict } from "./verdict.ts";
import type { Decision } from "../steps/step.ts";
import type { Turn } from "./commit.ts";
import { transitionEntry, undoneEntry } from "./entries.ts";
import { movePlace } from "./move-place.ts";
import { moveWaves } from "./move-waves.ts";
import { saveRun, settleDeployment } from "./save-run.ts";
import { endStep, skipRest } from "./step-rows.ts";

type End = Extract<Decision, { do: "end" }>;

const endsWell = (status: End["status"], step: string) =>
  status === "succeeded" || (step === "rollback" && status !== "rollback_failed");

/**
 * Ends a run: steps, verdict, what the target runs, the deployment's status, and what everyone is told. What follows
 * from it begins in the same transaction: the next wave, or the deployment that waits.
 */
export async function finishRun(tx: Tx, ctx: Ctx, turn: Turn, end: End): Promise<Recorded[]> {
  const { row, run } = turn;
  const stepStatus = endsWell(end.status, run.step) ? "done" : "failed";
  await endStep(tx, ctx, row, { status: stepStatus, reason: end.reason });
  await skipRest(tx, row.id);
  const cause = end.cause ?? run.cause;
  await saveRun(tx, row, { status: end.status, cause });
  const automatic = run.request === null || run.request === "undo";
  await judgeRelease(tx, ctx, turn, end.status, cause);
  if (end.status === "succeeded") await stays(tx, turn);
  if (run.step === "rollback" && end.status !== "rollback_failed") await returned(tx, ctx, turn);
  const undone = end.status === "rolled_back" || (end.status === "cancelled" && run.rolloutArn !== null);
  if (undone && automatic) await tx.deployment.update({ where: { id: row.deploymentId }, data: { automatic: true } });
  const moved = await moveWaves(tx, ctx, { ...row.deployment, id: row.deploymentId });
  const status = await settleDeployment(tx, ctx, row.deploymentId);
  await callGood(tx, ctx, turn, status);
  const begun = isActive(status) ? [] : await movePlace(tx, ctx, row.deployment);
  const entry = undone ? undoneEntry(row, automatic) : transitionEntry(row, "deployment.end");
  return [{ ...entry, reason: end.reason, changes: { status, cause: cause?.headline ?? null } }, ...moved, ...begun];
}

/** Good when it worked everywhere: one wave that succeeded says nothing yet about the rest. A restart judges nothing. */
async function callGood(tx: Tx, ctx: Ctx, { row }: Turn, status: DeploymentStatus): Promise<void> {
  if (status !== "succeeded" || row.deployment.kind === "restart") return;
  // A service that wants no tasks tries nothing: its run has ended before this step.
  const proven = { name: "finish", status: "done", deploymentTarget: { deploymentId: row.deploymentId } };
  if ((await tx.step.count({ where: proven })) === 0) return;
  const about = { releaseId: row.deployment.releaseId, environmentId: row.deployment.environmentId };
  const by = `deployment:${row.deploymentId}`;
  await saveVerdict(tx, {
    ...about,
    verdict: "good",
    held: false,
    by,
    reason: "It was deployed and verified.",
    at: ctx.now(),
  });
}

/**
 * Bad and held when the portal or ECS had to undo it; bad when the person who undid it says so. A release that was
 * never rolled out is not judged.
 */
async function judgeRelease(
  tx: Tx,
  ctx: Ctx,
  { row, run }: Turn,
  status: End["status"],
  cause: Cause | null,
): Promise<void> {
  const about = { releaseId: row.deployment.releaseId, environmentId: row.deployment.environmentId };
  const by = `deployment:${row.deploymentId}`;
  const undone = status === "rolled_back" || status === "rollback_failed";
  // Stopped by somebody in ECS, or nobody knows why it ended: that says nothing about the release.
  const isFault = !["stopped_outside", "forgotten", "service_deleted"].includes(cause?.kind ?? "");
  if (undone && isFault && run.startTried && run.request === null && run.kind === "deploy") {
    const reason = cause?.headline ?? "It was rolled back.";
    await saveVerdict(tx, { ...about, verdict: "bad", held: true, by, reason, at: ctx.now() });
  } else if (row.requestMarksBad && run.kind !== "restart" && (undone || status === "cancelled")) {
    const reason = row.requestReason || "A person rolled it back.";
    await saveVerdict(tx, { ...about, verdict: "bad", held: false, by: row.requestedBy ?? by, reason, at: ctx.now() });
  }
}

async function stays(tx: Tx, { row, run }: Turn): Promise<void> {
  await tx.target.update({
    where: { id: row.targetId },
    data: {
      releaseId: row.deployment.releaseId,
      configVersionId: row.deployment.configVersionId,
      taskDefinitionArn: run.taskDefinitionArn,
    },
  });
}

/** Our own rollback brought back what ran on this target before. */
async function returned(tx: Tx, ctx: Ctx, { row, run }: Turn): Promise<void> {
  await tx.target.update({
    where: { id: row.targetId },
    data: {
      ...(await ranBefore(tx, row)),
      ...(run.kind === "restart" ? {} : { releaseSince: ctx.now() }),
      taskDefinitionArn: run.rollbackTaskDefinitionArn,
    },
  });
}

/** What the earlier task definition stood for: targets of one deployment may come from different releases. */
async function ranBefore(tx: Tx, { id, targetId, previousTaskDefinitionArn: arn, deployment }: Turn["row"]) {
  const brought = await tx.deploymentTarget.findFirst({
    where: { targetId, taskDefinitionArn: arn ?? "", id: { not: id } },
    orderBy: { id: "desc" },
    select: { deployment: { select: { releaseId: true, configVersionId: true } } },
  });
  if (brought) return brought.deployment;
  return { releaseId: deployment.fromReleaseId, configVersionId: deployment.fromConfigVersionId };
}
