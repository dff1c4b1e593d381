import { outsideRef } from "../core/actor-names.ts";
import { systemContext } from "../core/context.ts";
import { log } from "../core/log.ts";
import { appendRecords } from "../core/record.ts";
import { inTransaction, type Db, type Tx } from "../db/client.ts";
import { RuntimeFailure, placementKey, type ServiceState } from "../deployments/ports.ts";
import type { Prisma } from "../db/generated/client.ts";
import { notifyFacts } from "../events/facts.ts";
import { enqueue } from "../jobs/queue.ts";
import type { Handler, WorkerContext } from "../jobs/worker-context.ts";
import { targetHealthState } from "./health.ts";
import { chooseTaskLooks, type TaskLooks } from "./task-looks.ts";
import { saveEvents, saveTasks } from "./observations.ts";

/** Between two looks at services where nothing is under way, in AWS milliseconds: the more there are, the longer. */
const everyAwsMs = { least: 30_000, most: 60_000, perTarget: 150 };
const leastMs = 3_000;

const columns = {
  id: true,
  serviceId: true,
  environmentId: true,
  accountId: true,
  region: true,
  cluster: true,
  ecsService: true,
  health: true,
  runningCount: true,
  desiredCount: true,
  pendingCount: true,
  taskDefinitionArn: true,
  autoscaled: true,
  observedAt: true,
} as const;

type TargetRow = Prisma.TargetGetPayload<{ select: typeof columns }>;

/** A look that began before the portal scaled may end after it, by this much, in milliseconds. */
const ownScaleMs = 2 * 60_000;

/** Whether the portal was asked for this desired count, and is at it or has just done it. */
async function isOwnScale(tx: Tx, targetId: string, desiredCount: number, now: Date): Promise<boolean> {
  const since = new Date(now.getTime() - ownScaleMs);
  const own = await tx.act.count({
    where: {
      targetId,
      kind: "scale",
      input: { path: ["desiredCount"], equals: desiredCount },
      OR: [{ status: "queued" }, { status: "succeeded", finishedAt: { gte: since } }],
    },
  });
  return own > 0;
}

/**
 * Puts a desired count that was changed outside the portal on the timeline, once. What autoscaling owns changes by
 * itself, and what was never seen before has not changed.
 */
async function saveOutsideScale(db: Db, target: TargetRow, after: number, now: Date): Promise<void> {
  const before = target.desiredCount;
  if (target.autoscaled || target.observedAt === null || before === after) return;
  await inTransaction(db, async (tx) => {
    // Taken by whoever writes it first: two workers may have seen the same.
    const { count } = await tx.target.updateMany({
      where: { id: target.id, desiredCount: before },
      data: { desiredCount: after },
    });
    if (count === 0 || (await isOwnScale(tx, target.id, after, now))) return;
    const { service, environment } = await tx.target.findUniqueOrThrow({
      where: { id: target.id },
      include: { service: true, environment: true },
    });
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
          undo: { scale: { targetId: target.id, desiredCount: before } },
          wantedBy: outsideRef,
        },
      },
    ]);
  });
}

/** Looks at one target and keeps what it saw; live pages hear of it when something differs. */
async function observe(
  { db, ports }: WorkerContext,
  target: TargetRow,
  service: ServiceState,
  withTasks: boolean,
): Promise<void> {
  const { runtime } = ports;
  const tasks = withTasks ? await runtime.listTasks(target) : [];
  const groups = await Promise.all(service.targetGroupArns.map((arn) => runtime.targetHealth(target, arn)));
  const { health, reason } = targetHealthState(service, groups.flat());
  const { desiredCount, runningCount, pendingCount } = service;
  const now = new Date();
  const areTasksNews = await saveTasks(db, target.id, tasks, {}, now);
  const areEventsNews = await saveEvents(db, target.id, service.events);
  await saveOutsideScale(db, target, desiredCount, now);
  if (target.taskDefinitionArn && service.taskDefinitionArn !== target.taskDefinitionArn) {
    await enqueue(db, "deployment:adopt", { targetId: target.id }, { key: target.id });
  }
  const seen = { health, healthReason: reason, desiredCount, runningCount, pendingCount };
  await db.target.update({ where: { id: target.id }, data: { ...seen, observedAt: now } });
  const changed = (["health", "runningCount", "desiredCount", "pendingCount"] as const).some(
    (field) => seen[field] !== target[field],
  );
  // A task may take another's place between two looks, and no count tells of it.
  if (changed || areTasksNews || areEventsNews) await notifyFacts(db, "services", target.serviceId);
}

type Looked = { service: ServiceState | undefined; withTasks: boolean };

/** How long what was seen last stands when AWS gives no answer, in AWS milliseconds. */
const staleAwsMs = 5 * 60_000;

/**
 * What cannot be looked at is not called healthy for having been so: at once when AWS refuses, after a while when it
 * gives no answer. When it was seen last stays.
 */
async function noteUnseen({ db, scale }: WorkerContext, targets: TargetRow[], failure: RuntimeFailure): Promise<void> {
  const before = failure.retryable ? new Date(Date.now() - staleAwsMs / scale) : undefined;
  const stale = targets.filter((one) => !before || one.observedAt === null || one.observedAt < before);
  for (const { id, serviceId } of stale) {
    const { count } = await db.target.updateMany({
      where: {
        id,
        OR: [{ health: { not: "unknown" } }, { healthReason: null }, { healthReason: { not: failure.message } }],
      },
      data: { health: "unknown", healthReason: failure.message },
    });
    if (count > 0) await notifyFacts(db, "services", serviceId);
  }
}

async function observeOne(context: WorkerContext, target: TargetRow, { service, withTasks }: Looked): Promise<void> {
  try {
    if (service) return await observe(context, target, service, withTasks);
    const reason = `ECS knows no service ${target.ecsService} in the cluster ${target.cluster}.`;
    await context.db.target.update({
      where: { id: target.id },
      data: { health: "unknown", healthReason: reason, observedAt: new Date() },
    });
  } catch (error) {
    if (!(error instanceof RuntimeFailure)) throw error;
    log.warn({ target: target.id, reason: error.message }, "a target could not be observed");
    await noteUnseen(context, [target], error);
  }
}

/** When tasks of targets were last listed, as far as this process did it. */
const taskLooks = new WeakMap<Db, TaskLooks>();

function taskLooksOf(db: Db): TaskLooks {
  const known = taskLooks.get(db) ?? new Map();
  taskLooks.set(db, known);
  return known;
}

type Cluster = { targets: TargetRow[]; states: Map<string, ServiceState> };

/**
 * The targets of each cluster with what ECS says of their services. A cluster that cannot be described, as it is gone
 * or denied, is left out, and its targets say why.
 */
async function describeClusters(context: WorkerContext, targets: TargetRow[]): Promise<Cluster[]> {
  const clusters = Map.groupBy(targets, ({ environmentId, accountId, region, cluster }) =>
    [environmentId, accountId, region, cluster].join("/"),
  );
  const described = await Promise.all(
    Array.from(clusters, async ([cluster, members]): Promise<Cluster | undefined> => {
      try {
        return { targets: members, states: await context.ports.runtime.describeServices(members) };
      } catch (error) {
        if (!(error instanceof RuntimeFailure)) throw error;
        log.warn({ cluster, reason: error.message }, "a cluster's targets could not be observed");
        await noteUnseen(context, members, error);
        return undefined;
      }
    }),
  );
  return described.filter((one) => one !== undefined);
}

/** Looks at every target; one worker at a time. */
export const observeTargets: Handler = async (context) => {
  const { db, locks, scale } = context;
  let count = 0;
  await locks
    .tryWith("targets:observe", async () => {
      const targets = await db.target.findMany({
        select: columns,
      });
      count = targets.length;
      if (count === 0) return;
      const clusters = await describeClusters(context, targets);
      const seen = clusters.flatMap(({ targets: members, states }) =>
        members.map((target) => ({ target, id: target.id, service: states.get(placementKey(target)) })),
      );
      const listed = chooseTaskLooks(seen, taskLooksOf(db));
      for (const { target, service } of seen)
        await observeOne(context, target, { service, withTasks: listed.has(target.id) });
    })
    .catch((error: unknown) => {
      if (!(error instanceof RuntimeFailure)) throw error;
      log.warn({ reason: error.message }, "targets could not be observed; the next look is soon");
    });
  const awsMs = Math.min(everyAwsMs.most, Math.max(everyAwsMs.least, count * everyAwsMs.perTarget));
  const realMs = Math.max(leastMs, awsMs / scale);
  await enqueue(db, "targets:observe", {}, { key: "all", inMs: realMs });
};
