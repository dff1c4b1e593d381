import { command, type CommandContext } from "../../core/command.ts";
import { AppError, notFound } from "../../core/errors.ts";
import { newId } from "../../core/ids.ts";
import { roleInWords } from "../../core/permissions.ts";
import type { Grant } from "../../db/generated/client.ts";
import { grantDtos, scopeInWords } from "../grant-dto.ts";
import { elevationDtoOf } from "../queries/elevations.ts";
import { grantRowsOf } from "../queries/grants.ts";
import { openElevationInput } from "../schema.ts";

const minuteMs = 60_000;

/** The person who acts, locked: their other tab waits, and so does whoever shuts them out. */
async function lockSelf(ctx: CommandContext): Promise<string> {
  if (ctx.actor.kind !== "user")
    throw new AppError("forbidden", "Only a person raises their own role, signed in to the console.", {
      reason: "not_a_person",
    });
  const rows = await ctx.tx.$queryRaw<{ id: string }[]>`
    select id from users where id = ${ctx.actor.id} and disabled_at is null for update`;
  if (!rows[0]) throw new AppError("forbidden", "This account is disabled.", { reason: "user_disabled" });
  return rows[0].id;
}

/** The dormant grant that the person holds by themselves or by a team; whose grant it is not learns no more. */
async function dormantGrant(ctx: CommandContext, userId: string, id: string): Promise<Grant> {
  // Whoever takes it away at this moment is waited for.
  await ctx.tx.$queryRaw`select id from grants where id = ${id} for share`;
  const found = (await grantRowsOf(ctx.tx, userId, ctx.now())).find((row) => row.id === id);
  if (!found) throw notFound("grant", id);
  if (!found.breakGlass) {
    const message = "This role counts already. Only a break-glass role is raised.";
    throw new AppError("conflict", message, { reason: "not_break_glass" });
  }
  return found;
}

async function assertNotOpen(ctx: CommandContext, key: { userId: string; grantId: string }): Promise<void> {
  const open = await ctx.tx.elevation.findFirst({ where: { ...key, endedAt: null, expiresAt: { gt: ctx.now() } } });
  if (!open) return;
  const message = "You have raised your role by this grant already.";
  throw new AppError("conflict", message, { reason: "elevation_open", until: open.expiresAt.toISOString() });
}

/**
 * Makes a dormant grant count for its holder for some minutes (break-glass): no approval, but everybody is told, and
 * another person reviews it afterwards.
 */
export const openElevation = command({
  name: "openElevation",
  permission: "signed-in",
  input: openElevationInput,
  async run(ctx, { grant: grantId, reason, minutes }) {
    const userId = await lockSelf(ctx);
    const grant = await dormantGrant(ctx, userId, grantId);
    await assertNotOpen(ctx, { userId, grantId });
    const createdAt = ctx.now();
    const until = new Date(createdAt.getTime() + minutes * minuteMs);
    const expiresAt = grant.expiresAt && grant.expiresAt < until ? grant.expiresAt : until;
    const id = newId("elevation");
    await ctx.tx.elevation.create({ data: { id, grantId, userId, reason, createdAt, expiresAt } });
    const [dto] = await grantDtos(ctx, [grant]);
    ctx.record({
      action: "elevation.open",
      topic: "teams",
      subject: { kind: "elevation", id },
      environmentId: grant.environmentId ?? undefined,
      serviceId: grant.scopeKind === "service" ? (grant.scopeId ?? undefined) : undefined,
      reason,
      changes: { role: { before: null, after: grant.role }, grant: grantId, until: expiresAt.toISOString() },
      change: {
        kind: "elevation",
        title: `Raised their own role to ${roleInWords(grant.role)} on ${dto ? scopeInWords(dto) : "a scope"} for ${minutes} min`,
        targetIds: [],
        facts: { grant: grantId, until: expiresAt.toISOString() },
      },
    });
    return elevationDtoOf(ctx, id);
  },
});
