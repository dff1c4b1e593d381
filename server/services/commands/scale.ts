import { actorRef } from "../../core/actor.ts";
import { command } from "../../core/command.ts";
import { assertCan } from "../../core/context.ts";
import { AppError, invalidField } from "../../core/errors.ts";
import { newId } from "../../core/ids.ts";
import { findHolder, lockPlace } from "../../deployments/commands/holders.ts";
import { enqueue } from "../../jobs/queue.ts";
import { actDtoOf, actInputOf } from "../queries/acts.ts";
import { findTarget } from "../queries/one-target.ts";
import { autoscaledInWords, scaleRefusal } from "../rules.ts";
import { scaleTargetInput } from "../schema.ts";

/**
 * Asks for another number of tasks; the worker tells ECS. What asks for the same while that waits is the same act, so
 * that a double click is one. A deployment under way goes on with the new number.
 */
export const scaleTarget = command({
  name: "scaleTarget",
  permission: "targets:operate",
  input: scaleTargetInput,
  async run(ctx, { desiredCount, expectedCount, confirm, reason, ...input }) {
    const { service, environment, id: targetId } = await findTarget(ctx.tx, input);
    assertCan(ctx, "targets:operate", { service, environment });
    await lockPlace(ctx.tx, { serviceId: service.id, environmentId: environment.id });
    const target = await findTarget(ctx.tx, input);
    if (target.autoscaled)
      throw new AppError("conflict", autoscaledInWords(target.ecsService), { reason: "autoscaled" });
    const waiting = await ctx.tx.act.findFirst({
      where: { targetId, kind: "scale", status: "queued" },
      orderBy: { id: "desc" },
    });
    if (waiting && actInputOf(waiting).desiredCount === desiredCount) {
      ctx.unchanged();
      return actDtoOf(ctx.tx, waiting.id);
    }
    const current = (waiting && actInputOf(waiting).desiredCount) ?? target.desiredCount;
    if (expectedCount !== undefined && expectedCount !== current) {
      throw new AppError("conflict", `It has ${current} tasks to run by now, not ${expectedCount}.`, {
        reason: "not_current",
        current,
      });
    }
    const busyWith = (await findHolder(ctx.tx, [targetId]))?.words ?? null;
    const asked = { desiredCount, service: service.slug, environmentKind: environment.kind, confirm, busyWith };
    const refusal = scaleRefusal(asked);
    if (refusal) throw invalidField(refusal.field, refusal.message);
    const id = newId("act");
    const row = {
      id,
      targetId,
      kind: "scale",
      input: { desiredCount },
      reason,
      createdBy: actorRef(ctx.actor),
      createdAt: ctx.now(),
    };
    await ctx.tx.act.create({ data: row });
    await enqueue(ctx.tx, "target:act", { id }, { key: id });
    ctx.record({
      action: "target.scale",
      topic: "services",
      subject: { kind: "target", id: targetId },
      serviceId: service.id,
      environmentId: environment.id,
      reason,
      changes: { before: current, after: desiredCount },
    });
    return actDtoOf(ctx.tx, id);
  },
});
