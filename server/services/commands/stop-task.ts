import { actorRef } from "../../core/actor.ts";
import { command } from "../../core/command.ts";
import { assertCan } from "../../core/context.ts";
import { AppError, notFound } from "../../core/errors.ts";
import { newId } from "../../core/ids.ts";
import type { Tx } from "../../db/client.ts";
import { lockPlace } from "../../deployments/commands/holders.ts";
import { shortArn } from "../../deployments/ports.ts";
import { enqueue } from "../../jobs/queue.ts";
import { actDtoOf } from "../queries/acts.ts";
import { findTarget } from "../queries/one-target.ts";
import { stopTaskInput } from "../schema.ts";

/** A task that was seen on the target, by ARN or by the last part of it. */
async function findTask(tx: Tx, targetId: string, reference: string) {
  const found = await tx.task.findFirst({
    where: { targetId, OR: [{ arn: reference }, { arn: { endsWith: `/${reference}` } }] },
  });
  // The database takes % and _ for any text: what it found must be what was asked for.
  if (!found || (found.arn !== reference && shortArn(found.arn) !== reference)) throw notFound("task", reference);
  return found;
}

/** Asks for one task to be stopped; its service starts another. The same task twice is one act. */
export const stopTask = command({
  name: "stopTask",
  permission: "targets:operate",
  input: stopTaskInput,
  async run(ctx, { task: reference, reason, ...input }) {
    const { service, environment, id: targetId } = await findTarget(ctx.tx, input);
    assertCan(ctx, "targets:operate", { service, environment });
    await lockPlace(ctx.tx, { serviceId: service.id, environmentId: environment.id });
    const task = await findTask(ctx.tx, targetId, reference);
    const before = await ctx.tx.act.findFirst({
      where: { targetId, kind: "stop_task", status: { not: "failed" }, input: { path: ["task"], equals: task.arn } },
    });
    if (before) {
      ctx.unchanged();
      return actDtoOf(ctx.tx, before.id);
    }
    if (task.desiredStatus === "STOPPED" || task.lastStatus === "STOPPED") {
      const message = task.lastStatus === "STOPPED" ? "The task has stopped already." : "The task is stopping already.";
      throw new AppError("conflict", message, { reason: "task_stopped" });
    }
    const id = newId("act");
    const row = {
      id,
      targetId,
      kind: "stop_task",
      input: { task: task.arn },
      reason,
      createdBy: actorRef(ctx.actor),
      createdAt: ctx.now(),
    };
    await ctx.tx.act.create({ data: row });
    await enqueue(ctx.tx, "target:act", { id }, { key: id });
    ctx.record({
      action: "target.stop_task",
      topic: "services",
      subject: { kind: "target", id: targetId },
      serviceId: service.id,
      environmentId: environment.id,
      reason,
      changes: { task: task.arn },
    });
    return actDtoOf(ctx.tx, id);
  },
});
