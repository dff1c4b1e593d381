import type { Ctx } from "../../core/context.ts";
import type { Prisma } from "../../db/generated/client.ts";
import { notifyFacts } from "../../events/facts.ts";
import { saveEvents, saveTasks } from "../../services/observations.ts";
import type { FactDto, RolloutFacts } from "../schema.ts";
import { awsElapsedMs, type Facts } from "../steps/step.ts";
import { verifyAwsMs } from "../steps/verify.ts";
import { deadTasks } from "./observe.ts";
import type { EngineOptions } from "./advance.ts";
import { toRun, type RunRow } from "./load.ts";

function rolloutFacts(facts: Facts): RolloutFacts | null {
  const { rollout } = facts;
  if (!rollout) return null;
  const { status, statusReason, lifecycleStage, to, from, circuitBreaker, alarms } = rollout;
  const sum = (pick: (one: (typeof from)[number]) => number) => from.reduce((total, one) => total + pick(one), 0);
  const counts = (one: typeof to) => ({ requested: one.requested, running: one.running, pending: one.pending });
  return {
    status,
    statusReason,
    lifecycleStage,
    to: counts(to),
    from: {
      requested: sum((one) => one.requested),
      running: sum((one) => one.running),
      pending: sum((one) => one.pending),
    },
    failedTasks: circuitBreaker ? { count: circuitBreaker.failures, threshold: circuitBreaker.threshold } : null,
    alarms,
  };
}

function verifyFacts(row: RunRow, facts: Facts, now: Date, scale: number): FactDto[] {
  const { service, alarms = [], targets = [], tasks = [] } = facts;
  if (!service) return [];
  const dead = deadTasks(tasks, row.taskDefinitionArn).filter((task) => task.startedAt !== null).length;
  const healthy = targets.filter((target) => target.state === "healthy").length;
  const left = Math.max(0, verifyAwsMs - awsElapsedMs(toRun(row, null, null), now, scale)) / scale / 1000;
  const firing = alarms.filter((alarm) => alarm.state === "ALARM");
  return [
    {
      label: "tasks running",
      value: `${service.runningCount} of ${service.desiredCount}`,
      ok: service.runningCount >= service.desiredCount,
    },
    { label: "tasks that failed", value: String(dead), ok: dead === 0 },
    ...(targets.length > 0
      ? [{ label: "healthy targets", value: `${healthy} of ${targets.length}`, ok: healthy > 0 }]
      : []),
    ...(alarms.length > 0
      ? [
          {
            label: "alarms",
            value: firing.map((one) => one.name).join(", ") || `${alarms.length} quiet`,
            ok: firing.length === 0,
          },
        ]
      : []),
    { label: "watched for another", value: `${Math.ceil(left)} s` },
  ];
}

/** Keeps what a step saw: the step's facts, tasks (ECS forgets them), service events, and tells live pages. */
export async function recordFacts(ctx: Ctx, options: EngineOptions, row: RunRow, facts: Facts): Promise<void> {
  const { db } = options;
  if (facts.tasks) await saveTasks(db, row.targetId, facts.tasks, facts.lines ?? {}, ctx.now());
  if (facts.service) await saveEvents(db, row.targetId, facts.service.events);
  const step = row.steps.find((one) => one.name === row.step);
  const rollout = rolloutFacts(facts);
  const list = row.step === "verify" ? verifyFacts(row, facts, ctx.now(), options.scale) : [];
  if (!step || (!rollout && list.length === 0)) return;
  const next: Prisma.InputJsonObject = { facts: list, rollout };
  if (JSON.stringify(next) === JSON.stringify(step.facts)) return;
  await db.step.update({
    where: { deploymentTargetId_name: { deploymentTargetId: row.id, name: row.step } },
    data: { facts: next },
  });
  await notifyFacts(db, "deployments", row.deploymentId);
}
