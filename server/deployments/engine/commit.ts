import type { Ctx } from "../../core/context.ts";
import { appendRecords, type Recorded } from "../../core/record.ts";
import { inTransaction, type Tx } from "../../db/client.ts";
import { lockPlace } from "../commands/holders.ts";
import type { Decision, Facts, Run } from "../steps/step.ts";
import type { EngineOptions } from "./advance.ts";
import { overtakenEntry, startedEntry, transitionEntry } from "./entries.ts";
import { finishRun } from "./finish-run.ts";
import type { RunRow } from "./load.ts";
import { saveGates } from "./save-gates.ts";
import { beginStep, endStep } from "./step-rows.ts";
import { LostRace, saveRun, settleDeployment } from "./save-run.ts";

export type Committed = { kind: "again" } | { kind: "ended" } | { kind: "wait"; realMs: number };

export type Turn = { row: RunRow; run: Run; facts: Facts; decision: Exclude<Decision, { do: "act" }> };

/** Looking more often than this would only load the database. */
const leastWaitMs = 250;

async function apply(tx: Tx, ctx: Ctx, turn: Turn): Promise<Recorded[]> {
  const { row, run, decision } = turn;
  switch (decision.do) {
    case "wait":
    case "note": {
      const patch = decision.patch ?? {};
      await saveRun(tx, row, patch);
      const entries: Recorded[] = [];
      if (patch.rolloutArn && !run.rolloutArn) entries.push(startedEntry(row));
      if (patch.status === "rolling_back" && run.status !== "rolling_back") {
        entries.push(transitionEntry(row, "deployment.rolling_back"));
      }
      await settleDeployment(tx, ctx, row.deploymentId);
      return entries;
    }
    case "advance":
      await saveGates(tx, ctx, turn);
      await endStep(tx, ctx, row, { status: "done", reason: decision.reason });
      await beginStep(tx, ctx, row.id, decision.to);
      await saveRun(tx, row, decision.patch ?? {}, decision.to);
      if (run.step === "rollout") await arrived(tx, ctx, turn);
      return [...overtaken(turn), transitionEntry(row, `deployment.${decision.to}`)];
    case "undo":
      await endStep(tx, ctx, row, { status: "failed", reason: decision.reason });
      await beginStep(tx, ctx, row.id, "rollback");
      await saveRun(tx, row, { status: "rolling_back", cause: decision.cause }, "rollback");
      if (run.step === "rollout") await arrived(tx, ctx, turn);
      await settleDeployment(tx, ctx, row.deploymentId);
      return [transitionEntry(row, "deployment.rolling_back")];
    case "end":
      await saveGates(tx, ctx, turn);
      return finishRun(tx, ctx, turn, decision);
  }
}

/** What somebody brought outside the portal just before was never adopted: it is on the timeline all the same. */
function overtaken({ row, run, facts }: Turn): Recorded[] {
  const { knownTaskDefinitionArn: known, tookPlace } = run;
  const found = facts.service?.taskDefinitionArn;
  if (run.step !== "gates" || !found || known === null || found === known || tookPlace) return [];
  return [overtakenEntry(row, found)];
}

/** The release runs on the target from the moment that ECS calls its rollout successful. */
async function arrived(tx: Tx, ctx: Ctx, { row, run, facts }: Turn): Promise<void> {
  if (facts.service?.taskDefinitionArn !== run.taskDefinitionArn) return;
  await tx.target.update({
    where: { id: row.targetId },
    data: {
      releaseId: row.deployment.releaseId,
      // Fresh tasks are no other release.
      ...(run.kind === "restart" ? {} : { releaseSince: ctx.now() }),
      configVersionId: row.deployment.configVersionId,
      taskDefinitionArn: run.taskDefinitionArn,
    },
  });
}

function changesNothing({ row, decision }: Turn): boolean {
  return decision.do === "wait" && !decision.patch && row.attempts === 0;
}

/** Carries out a decision in one transaction, unless somebody else moved the run meanwhile: then look again. */
export async function commitDecision(ctx: Ctx, options: EngineOptions, turn: Turn): Promise<Committed> {
  const { decision } = turn;
  const realMs = decision.do === "wait" ? Math.max(leastWaitMs, decision.awsMs / options.scale) : 0;
  if (changesNothing(turn)) return { kind: "wait", realMs };
  try {
    await inTransaction(options.db, async (tx) => {
      await lockPlace(tx, turn.row.deployment);
      const entries = await apply(tx, { ...ctx, db: tx }, turn);
      if (entries.length > 0) await appendRecords(tx, ctx, entries);
    });
  } catch (error) {
    if (error instanceof LostRace) return { kind: "again" };
    throw error;
  }
  if (decision.do === "end") return { kind: "ended" };
  return decision.do === "wait" ? { kind: "wait", realMs } : { kind: "again" };
}
