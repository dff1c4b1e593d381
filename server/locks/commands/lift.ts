import { actorRef } from "../../core/actor.ts";
import { command } from "../../core/command.ts";
import { assertCan } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { enqueue } from "../../jobs/queue.ts";
import { findLock, lockDtosOf } from "../queries.ts";
import { scopeOfLock } from "../queries/open.ts";
import { isOpen } from "../rules.ts";
import { liftLockInput } from "../schema.ts";

/** Ends a lock before its time. What waited for it begins by the job that the same transaction adds. */
export const liftLock = command({
  name: "liftLock",
  permission: "locks:write",
  input: liftLockInput,
  async run(ctx, input) {
    const lock = await findLock(ctx.tx, input.lock);
    const { service, environment } = lock;
    assertCan(ctx, "locks:write", scopeOfLock(lock));
    const { count } = isOpen(lock, ctx.now())
      ? await ctx.tx.lock.updateMany({
          where: { id: lock.id, liftedAt: null },
          data: { liftedAt: ctx.now(), liftedBy: actorRef(ctx.actor) },
        })
      : { count: 0 };
    if (count === 0) throw new AppError("conflict", "The lock has ended already.", { reason: "lock_ended" });
    await enqueue(ctx.tx, "deployments:heal", {}, { key: lock.id });
    ctx.record({
      action: "lock.lift",
      topic: "locks",
      subject: { kind: "lock", id: lock.id },
      serviceId: service?.id,
      environmentId: environment?.id,
      reason: input.reason,
      changes: { lockedFor: lock.reason },
    });
    const [dto] = await lockDtosOf(ctx, [await findLock(ctx.tx, lock.id)]);
    if (!dto) throw new Error(`lock ${lock.id} is gone`);
    return dto;
  },
});
