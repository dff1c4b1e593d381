import { z } from "zod";
import { actorNames } from "../../core/actor-names.ts";
import { systemContext } from "../../core/context.ts";
import { appendRecords, type Recorded } from "../../core/record.ts";
import { inTransaction, type Db, type Tx } from "../../db/client.ts";
import type { Prisma } from "../../db/generated/client.ts";
import { RuntimeFailure, type Runtime, type RuntimeTask } from "../../deployments/ports.ts";
import { enqueue } from "../../jobs/queue.ts";
import type { Handler } from "../../jobs/worker-context.ts";
import { saveTasks } from "../observations.ts";
import { actInputOf } from "../queries/acts.ts";
import { stopReasonOf } from "../rules.ts";

const payloadShape = z.object({ id: z.string() });

const include = { target: { include: { service: true, environment: true } } } satisfies Prisma.ActInclude;
type ActRow = Prisma.ActGetPayload<{ include: typeof include }>;

/** What became of an act: `save` is written with it, and `change` goes to the timeline when something changed. */
type Outcome =
  | { status: "succeeded"; change: NonNullable<Recorded["change"]> | undefined; save: (tx: Tx) => Promise<unknown> }
  | { status: "failed"; error: string };

const failed = (error: string): Outcome => ({ status: "failed", error });

/** An act that AWS keeps from happening for this long is given up, in milliseconds: nobody waits for it any more. */
const giveUpMs = 15 * 60_000;
/** When another worker is at an act of the same target, look again this soon. */
const busyMs = 300;

/**
 * Sets the desired count. What it was is written down before ECS is told, so that a worker that dies in between leaves
 * a change that says where it came from, and is not done again. A later request for another number wins.
 */
async function scale(db: Db, runtime: Runtime, act: ActRow): Promise<Outcome> {
  const { target } = act;
  const { desiredCount: after = 0, ...input } = actInputOf(act);
  const later = await db.act.findFirst({
    where: { targetId: act.targetId, kind: "scale", status: { not: "failed" }, id: { gt: act.id } },
  });
  if (later) return failed("Another number of tasks was asked for meanwhile.");
  const service = await runtime.describeService(target);
  if (service.status !== "ACTIVE") return failed(`The ECS service is ${service.status}.`);
  const before = input.before ?? service.desiredCount;
  if (input.before === undefined)
    await db.act.update({ where: { id: act.id }, data: { input: { desiredCount: after, before } } });
  if (service.desiredCount !== after) await runtime.setDesiredCount(target, after);
  const title = `${target.service.slug} scaled from ${before} to ${after} in ${target.environment.slug}`;
  const undo = { scale: { targetId: target.id, desiredCount: before } };
  return {
    status: "succeeded",
    change:
      before === after ? undefined : { kind: "scaling", title, targetIds: [target.id], facts: { before, after }, undo },
    // The observer compares with this: what the portal did is not reported as done past it.
    save: (tx) => tx.target.update({ where: { id: target.id }, data: { desiredCount: after } }),
  };
}

const isStopping = (task: RuntimeTask) => task.desiredStatus === "STOPPED" || task.lastStatus === "STOPPED";

/** Stops one task. The reason that ECS keeps with it tells a repeated attempt whether it was this act that stopped it. */
async function stopTask(db: Db, runtime: Runtime, act: ActRow): Promise<Outcome> {
  const { target } = act;
  const arn = actInputOf(act).task ?? "";
  const task = (await runtime.listTasks(target)).find((one) => one.arn === arn);
  if (!task) return failed("ECS does not know this task of the service any more.");
  const { name } = (await actorNames(db, [act.createdBy]))(act.createdBy);
  const stoppedReason = stopReasonOf(name, act.reason);
  if (isStopping(task) && task.stoppedReason !== stoppedReason) {
    return failed(`It had stopped already${task.stoppedReason ? `: ${task.stoppedReason}` : "."}`);
  }
  if (!isStopping(task)) await runtime.stopTask(target, arn, stoppedReason);
  const title = `A task of ${target.service.slug} stopped in ${target.environment.slug}`;
  const seen = { ...task, desiredStatus: "STOPPED", stopCode: "UserInitiated", stoppedReason };
  return {
    status: "succeeded",
    change: { kind: "task", title, targetIds: [target.id], facts: { task: arn } },
    save: (tx) => saveTasks(tx, target.id, [seen], {}, new Date()),
  };
}

/** Writes down what became of an act, once, with what everyone is told; the observer looks at the target at once. */
async function finish(db: Db, act: ActRow, outcome: Outcome): Promise<void> {
  const { target } = act;
  await inTransaction(db, async (tx) => {
    const error = outcome.status === "failed" ? outcome.error : null;
    const { count } = await tx.act.updateMany({
      where: { id: act.id, status: "queued" },
      data: { status: outcome.status, error, finishedAt: new Date() },
    });
    if (count === 0) return;
    if (outcome.status === "succeeded") await outcome.save(tx);
    const ctx = { ...systemContext(db, { kind: "job", id: "target:act" }), db: tx };
    const change =
      outcome.status === "succeeded" && outcome.change
        ? { change: { ...outcome.change, wantedBy: act.createdBy } }
        : {};
    await appendRecords(tx, ctx, [
      {
        action: `target.${act.kind}_${outcome.status}`,
        topic: "services",
        subject: { kind: "target", id: target.id },
        serviceId: target.serviceId,
        environmentId: target.environmentId,
        reason: act.reason,
        changes: { act: act.id, ...(error ? { error } : {}) },
        ...change,
      },
    ]);
    await enqueue(tx, "targets:observe", {}, { key: "all" });
  });
}

/** Waits and tries again, or gives up: the act says why meanwhile. */
async function afterFailure(db: Db, act: ActRow, error: RuntimeFailure): Promise<void> {
  const message = error.inWords;
  const age = Date.now() - act.createdAt.getTime();
  if (!error.retryable || age > giveUpMs) return finish(db, act, failed(message));
  await db.act.updateMany({ where: { id: act.id, status: "queued" }, data: { error: message } });
  const wait = Math.min(30_000, Math.max(1_000, age / 2));
  await enqueue(db, "target:act", { id: act.id }, { key: act.id, inMs: wait });
}

/** Carries one act out. May run any number of times, and after any death: it looks first. */
export const carryOutAct: Handler = async ({ db, ports, locks }, payload) => {
  const { id } = payloadShape.parse(payload);
  const known = await db.act.findUnique({ where: { id }, select: { targetId: true, status: true } });
  if (known?.status !== "queued") return;
  const done = await locks.tryWith(`acts:${known.targetId}`, async () => {
    const act = await db.act.findUniqueOrThrow({ where: { id }, include });
    if (act.status !== "queued") return;
    try {
      await finish(db, act, await (act.kind === "scale" ? scale : stopTask)(db, ports.runtime, act));
    } catch (error) {
      if (!(error instanceof RuntimeFailure)) throw error;
      await afterFailure(db, act, error);
    }
  });
  if (!done) await enqueue(db, "target:act", { id }, { key: id, inMs: busyMs });
};

/** Takes up acts that wait: heals lost jobs and killed workers. */
export const healActs: Handler = async ({ db }) => {
  const waiting = await db.act.findMany({ where: { status: "queued" }, select: { id: true } });
  for (const { id } of waiting) await enqueue(db, "target:act", { id }, { key: id });
};
