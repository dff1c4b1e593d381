import { outsideRef } from "../core/actor-names.ts";
import { systemContext } from "../core/context.ts";
import { appendRecords } from "../core/record.ts";
import { inTransaction, type Db, type Tx } from "../db/client.ts";
import type { RuntimeTask, ServiceState } from "../deployments/ports.ts";

type Known = { lastStatus: string; desiredStatus: string; healthStatus: string; lastLines: string[] };

function isNews(task: RuntimeTask, known: Known | undefined, lines: string[] | undefined): boolean {
  if (!known) return true;
  if (lines?.length && lines.length !== known.lastLines.length) return true;
  return (["lastStatus", "desiredStatus", "healthStatus"] as const).some((field) => known[field] !== task[field]);
}

/** Keeps tasks as last seen; a task that ended keeps the last lines that were read of it. */
export async function saveTasks(
  db: Db | Tx,
  targetId: string,
  tasks: RuntimeTask[],
  lines: Record<string, string[]>,
  now: Date,
): Promise<void> {
  const rows = await db.task.findMany({
    where: { arn: { in: tasks.map((task) => task.arn) } },
    select: { arn: true, lastStatus: true, desiredStatus: true, healthStatus: true, lastLines: true },
  });
  const known = new Map(rows.map(({ arn, ...row }) => [arn, row]));
  for (const task of tasks) {
    const { arn, containerName: _container, ...fields } = task;
    if (!isNews(task, known.get(arn), lines[arn])) continue;
    const seen = { ...fields, ...(lines[arn]?.length ? { lastLines: lines[arn] } : {}), seenAt: now };
    await db.task.upsert({ where: { arn }, create: { arn, targetId, ...seen }, update: seen });
  }
}

/** Keeps service events; ECS forgets all but a hundred. */
export async function saveEvents(db: Db | Tx, targetId: string, events: ServiceState["events"]): Promise<void> {
  if (events.length === 0) return;
  await db.serviceEvent.createMany({ data: events.map((event) => ({ ...event, targetId })), skipDuplicates: true });
}

/** A change of the desired count is the portal's own when it was asked for here this recently, in milliseconds. */
const ownScaleMs = 10 * 60_000;

type ScaledTarget = { id: string; desiredCount: number; autoscaled: boolean; observedAt: Date | null };

/**
 * Puts a desired count that was changed outside the portal on the timeline, once. What autoscaling owns changes by
 * itself, and what was never seen before has not changed.
 */
export async function saveOutsideScale(db: Db, target: ScaledTarget, after: number, now: Date): Promise<void> {
  const before = target.desiredCount;
  if (target.autoscaled || target.observedAt === null || before === after) return;
  await inTransaction(db, async (tx) => {
    // Taken by whoever writes it first: two workers may have seen the same.
    const { count } = await tx.target.updateMany({ where: { id: target.id, desiredCount: before }, data: { desiredCount: after } });
    const since = new Date(now.getTime() - ownScaleMs);
    const own = await tx.act.count({ where: { targetId: target.id, kind: "scale", status: { not: "failed" }, createdAt: { gte: since } } });
    if (count === 0 || own > 0) return;
    const { service, environment } = await tx.target.findUniqueOrThrow({ where: { id: target.id }, include: { service: true, environment: true } });
    const ctx = { ...systemContext(db, { kind: "job", id: "targets:observe" }), db: tx };
    await appendRecords(tx, ctx, [
      {
        action: "target.scaled_outside",
        topic: "services",
        subject: { kind: "target", id: target.id },
        serviceId: service.id,
        environmentId: environment.id,
        changes: { before, after },
        change: {
          kind: "scaling",
          title: `${service.slug} scaled from ${before} to ${after} in ${environment.slug} outside the portal`,
          targetIds: [target.id],
          facts: { before, after },
          wantedBy: outsideRef,
        },
      },
    ]);
  });
}
