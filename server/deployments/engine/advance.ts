import { systemContext, type Ctx } from "../../core/context.ts";
import { log } from "../../core/log.ts";
import { traced } from "../../core/trace.ts";
import type { Db } from "../../db/client.ts";
import { RuntimeFailure, type Ports } from "../ports.ts";
import { isActive, retryDelayMs } from "../rules.ts";
import { steps } from "../steps/index.ts";
import type { Act, Facts, PersonRequest, Run } from "../steps/step.ts";
import { renderedConfig } from "../../variables/queries/rendered.ts";
import { commitDecision, type Committed } from "./commit.ts";
import { commitRetry } from "./commit-retry.ts";
import { deletedDecision } from "./deleted.ts";
import { failedCallDecision } from "./failed-call.ts";
import { loadRun, storedTaskDefinition, toRun, type RunRow } from "./load.ts";
import { lookAt, onGrid } from "./looks.ts";
import { watchOnly } from "./outside.ts";
import { recordFacts } from "./record-facts.ts";
import { LostRace, saveRun } from "./save-run.ts";

/** When the run wants to be looked at again, and what a person had asked when it was looked at; null when it has ended. */
export type Next = { atMs: number; request: PersonRequest | null } | null;

/** A run that goes round more often than this in one go would be a loop in the rules. */
const maxTurns = 30;

/** How long ECS is given to show what it was told, in AWS milliseconds. */
const settleAwsMs = 1_000;

export type EngineOptions = { db: Db; ports: Ports; scale: number; now?: () => Date };

/** Writes to AWS; every act looks first, so that repeating it after a crash changes nothing. */
async function perform(ports: Ports, run: Run, act: Act): Promise<Partial<Run>> {
  const { runtime } = ports;
  switch (act.name) {
    case "register": {
      const found = await runtime.findTaskDefinition(run.placement, act.definition.family, act.tag);
      const registered = found ?? (await runtime.registerTaskDefinition(run.placement, act.definition, act.tag));
      return { [act.into]: registered.arn };
    }
    case "start":
      await runtime.startRollout(run.placement, act.taskDefinitionArn);
      return {};
    case "stop":
      await runtime.stopRollout(run.placement, act.rolloutArn);
      return {};
  }
}

/** Keeps what has to be known before a call, and answers the run as it is then. */
async function keepFirst(db: Db, row: RunRow, first: { startTried: true }): Promise<RunRow> {
  await saveRun(db, row, first);
  return { ...row, ...first, attempts: 0, lastError: null, failingSince: null, rowVersion: row.rowVersion + 1 };
}

async function turn(ctx: Ctx, options: EngineOptions, loaded: RunRow): Promise<Committed> {
  let row = loaded;
  // Variables count once, when the task definition is made.
  const config = row.taskDefinition ? null : await renderedConfig(options.db, row.deployment.configVersionId);
  const run = toRun(row, await storedTaskDefinition(options.db, row), config);
  const step = steps[run.step];
  let facts: Facts = {};
  try {
    const look = lookAt(options.ports, run, ctx.now(), options.scale);
    facts = await step.observe(options.ports, run, look);
    facts = { ...facts, watchedAwsMs: look.watched() };
    const decision = deletedDecision(run, facts) ?? watchOnly(run, step.next(run, facts, ctx.now(), options.scale));
    await recordFacts(ctx, options, row, facts);
    if (decision.do !== "act") return await commitDecision(ctx, options, { row, run, facts, decision });
    if (decision.first) row = await keepFirst(options.db, row, decision.first);
    const patch = { ...decision.patch, ...(await perform(options.ports, run, decision.act)) };
    // ECS shows what it was told a moment later: asking at once would only find the old state.
    const then =
      decision.act.name === "register" ? ({ do: "note" } as const) : ({ do: "wait", awsMs: settleAwsMs } as const);
    return await commitDecision(ctx, options, { row, run, facts, decision: { ...then, patch } });
  } catch (error) {
    if (error instanceof LostRace) return { kind: "again" };
    if (!(error instanceof RuntimeFailure)) throw error;
    const decision = failedCallDecision(run, error, row.attempts);
    if (decision) return commitDecision(ctx, options, { row, run, facts, decision });
    return commitRetry(ctx, row, error, retryDelayMs(row.attempts));
  }
}

/**
 * Takes one deployment on one target as far as it goes now. May be called at any time, by anyone, any number of
 * times; the caller holds the run's lock. Returns when to call again.
 */
export async function advance(options: EngineOptions, id: string): Promise<Next> {
  const now = options.now ?? (() => new Date());
  const ctx: Ctx = { ...systemContext(options.db, { kind: "job", id: "deployment:advance" }), now };
  let request: PersonRequest | null = null;
  for (let count = 0; count < maxTurns; count += 1) {
    const row = await loadRun(options.db, id);
    if (!row || !isActive(row.status)) return null;
    request = row.request as PersonRequest | null;
    const attributes = { "quarterdeck.deployment": row.deploymentId, "quarterdeck.target": row.targetId };
    const result = await traced({ name: `step ${row.step}`, attributes }, () => turn(ctx, options, row));
    if (result.kind === "ended") return null;
    if (result.kind === "wait") return { atMs: onGrid(now().getTime(), result.realMs, options.scale), request };
  }
  log.error({ id }, "a deployment went round without getting anywhere");
  return { atMs: now().getTime() + 10_000, request };
}
