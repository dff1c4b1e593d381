import { actorRef } from "../../core/actor.ts";
import { command, type CommandContext } from "../../core/command.ts";
import { assertCan } from "../../core/context.ts";
import { invalidField, notFound } from "../../core/errors.ts";
import { newId } from "../../core/ids.ts";
import { findEnvironment } from "../../environments/queries.ts";
import { enqueue } from "../../jobs/queue.ts";
import { findService } from "../../services/queries.ts";
import { findLock, lockDtosOf } from "../queries.ts";
import { scopeOfLock } from "../queries/open.ts";
import { createLockInput, longestLockDays } from "../schema.ts";

const dayMs = 24 * 60 * 60_000;

function endOf(ctx: CommandContext, expiresAt: string | undefined): Date | null {
  if (expiresAt === undefined) return null;
  const end = new Date(expiresAt);
  const left = end.getTime() - ctx.now().getTime();
  if (left <= 0) throw invalidField("expiresAt", "It must end in the future.");
  if (left > longestLockDays * dayMs)
    throw invalidField("expiresAt", `A lock lasts at most ${longestLockDays} days, or until it is lifted.`);
  return end;
}

type Asked = { service?: string | undefined; environment?: string | undefined; target?: string | undefined };

async function scopeOf(ctx: CommandContext, { service, environment, target }: Asked) {
  if (target === undefined) {
    return {
      service: service === undefined ? null : await findService(ctx.tx, service),
      environment: environment === undefined ? null : await findEnvironment(ctx.tx, environment),
      target: null,
    };
  }
  const found = await ctx.tx.target.findUnique({
    where: { id: target },
    include: { service: true, environment: true },
  });
  if (!found) throw notFound("target", target);
  const named = (given: string | undefined, row: { id: string; slug: string }) =>
    given === undefined || given === row.id || given === row.slug;
  if (!named(service, found.service)) throw invalidField("service", "The target belongs to another service.");
  if (!named(environment, found.environment))
    throw invalidField("environment", "The target is in another environment.");
  return { service: found.service, environment: found.environment, target: found };
}

/**
 * Keeps a scope still: nothing new is deployed there until the lock is lifted or expires. What is under way goes on,
 * and undoing it is never stopped.
 */
export const createLock = command({
  name: "createLock",
  permission: "locks:write",
  input: createLockInput,
  async run(ctx, input) {
    const { service, environment, target } = await scopeOf(ctx, input);
    assertCan(ctx, "locks:write", scopeOfLock({ service, environment }));
    const id = newId("lock");
    const expiresAt = endOf(ctx, input.expiresAt);
    const scope = {
      serviceId: service?.id ?? null,
      environmentId: environment?.id ?? null,
      targetId: target?.id ?? null,
    };
    await ctx.tx.lock.create({
      data: { id, ...scope, reason: input.reason, expiresAt, createdBy: actorRef(ctx.actor), createdAt: ctx.now() },
    });
    // What waits for the end of the lock begins then, and not at the next minute.
    if (expiresAt) await enqueue(ctx.tx, "deployments:heal", { endedLock: id }, { key: id, runAt: expiresAt });
    ctx.record({
      action: "lock.create",
      topic: "locks",
      subject: { kind: "lock", id },
      serviceId: service?.id,
      environmentId: environment?.id,
      reason: input.reason,
      changes: { target: target?.id ?? null, expiresAt: expiresAt?.toISOString() ?? null },
    });
    const [dto] = await lockDtosOf(ctx, [await findLock(ctx.tx, id)]);
    if (!dto) throw new Error(`lock ${id} is gone in its own transaction`);
    return dto;
  },
});
