import { log } from "../core/log.ts";
import type { Db } from "../db/client.ts";
import type { SecretState, Target } from "../db/generated/client.ts";
import { RuntimeFailure, type Runtime } from "../deployments/ports.ts";
import { notifyFacts } from "../events/facts.ts";
import { enqueue } from "../jobs/queue.ts";
import type { Handler } from "../jobs/worker-context.ts";
import { keptDefinition, secretsOf } from "./queries/running-secrets.ts";
import { baseReference } from "./secret-state.ts";

/** Between two looks at secrets, in AWS milliseconds: a value changes rarely, and every look is a call per secret. */
const everyAwsMs = 5 * 60_000;
const leastMs = 15_000;

type Seen = Pick<SecretState, "version" | "changedAt" | "error">;

/** References that a target's tasks started with; asks AWS only for a task definition that the portal did not make. */
async function referencesOf(db: Db, runtime: Runtime, target: Target): Promise<string[]> {
  const kept = await keptDefinition(db, target);
  if (kept) return secretsOf(kept).map((one) => one.valueFrom);
  const arn = target.taskDefinitionArn ?? (await runtime.describeService(target)).taskDefinitionArn;
  return secretsOf((await runtime.describeTaskDefinition(target, arn)).definition).map((one) => one.valueFrom);
}

/** LastChangedDate also moves with tags: while the version is the same, the value has not changed. */
async function lookAt(
  runtime: Runtime,
  target: Target,
  valueFrom: string,
  known: SecretState | undefined,
): Promise<Seen> {
  const answer = await runtime.describeSecret(target, valueFrom);
  if (typeof answer === "string")
    return { version: known?.version ?? null, changedAt: known?.changedAt ?? null, error: answer };
  const { version } = answer;
  return { version, changedAt: known?.version === version ? known.changedAt : answer.changedAt, error: null };
}

async function observeTarget(db: Db, runtime: Runtime, target: Target): Promise<void> {
  const references = Map.groupBy(await referencesOf(db, runtime, target), baseReference);
  const rows = await db.secretState.findMany({ where: { targetId: target.id } });
  let isNews = false;
  for (const [reference, [valueFrom = reference]] of references) {
    const known = rows.find((row) => row.reference === reference);
    const seen = await lookAt(runtime, target, valueFrom, known);
    isNews ||= !known || known.version !== seen.version || known.error !== seen.error;
    const key = { targetId: target.id, reference };
    const data = { ...seen, seenAt: new Date() };
    await db.secretState.upsert({ where: { targetId_reference: key }, create: { ...key, ...data }, update: data });
  }
  const gone = rows.filter((row) => !references.has(row.reference)).map((row) => row.reference);
  if (gone.length > 0) await db.secretState.deleteMany({ where: { targetId: target.id, reference: { in: gone } } });
  if (isNews || gone.length > 0) await notifyFacts(db, "variables", target.serviceId);
}

/** Looks at the secrets of every target, one worker at a time; what cannot be asked now is asked again next time. */
export const observeSecrets: Handler = async ({ db, ports, locks, scale }) => {
  await locks.tryWith("secrets:observe", async () => {
    const targets = await db.target.findMany({ orderBy: { id: "asc" } });
    for (const target of targets) {
      try {
        await observeTarget(db, ports.runtime, target);
      } catch (error) {
        if (!(error instanceof RuntimeFailure)) throw error;
        log.warn({ target: target.id, reason: error.message }, "a target's secrets could not be looked at");
      }
    }
  });
  const realMs = Math.max(leastMs, everyAwsMs / scale);
  await enqueue(db, "secrets:observe", {}, { key: "all", inMs: realMs });
};
