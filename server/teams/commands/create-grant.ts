import { placesOf } from "../../auth/grants.ts";
import { command, type CommandContext } from "../../core/command.ts";
import { AppError, invalidField } from "../../core/errors.ts";
import { newId } from "../../core/ids.ts";
import type { HeldGrant } from "../../core/permissions.ts";
import { grantDtos } from "../grant-dto.ts";
import { auditedPlace, resolvePlace } from "../place.ts";
import { findUser } from "../queries/people.ts";
import { mayGive } from "../rules.ts";
import { createGrantInput } from "../schema.ts";

async function assertMayGive(ctx: CommandContext, wanted: HeldGrant): Promise<void> {
  const held = ctx.actor.kind === "user" || ctx.actor.kind === "token" ? ctx.actor.grants : [];
  const places = await placesOf(ctx.tx, [wanted, ...held]);
  const answer = mayGive(ctx.actor, { wanted, as: "admin", places, now: ctx.now() });
  if (answer !== true) throw new AppError("forbidden", answer, { reason: "more_than_held" });
}

/** Gives a person a role on a scope. Nobody gives more than they hold. */
export const createGrant = command({
  name: "createGrant",
  permission: "people:write",
  input: createGrantInput,
  async run(ctx, input) {
    const expiresAt = input.expiresAt === undefined ? null : new Date(input.expiresAt);
    if (expiresAt && expiresAt <= ctx.now()) throw invalidField("expiresAt", "must lie ahead");
    const user = await findUser(ctx.tx, input.user);
    if (user.disabledAt)
      throw new AppError("conflict", `${user.name} is disabled.`, {
        reason: "user_disabled",
        advice: "Enable the account first.",
      });
    const wanted = await resolvePlace(ctx.tx, input, expiresAt);
    await assertMayGive(ctx, wanted);
    const principal = { principalKind: "user", principalId: user.id };
    if (await ctx.tx.grant.findFirst({ where: { ...principal, ...wanted } })) {
      throw new AppError("conflict", `${user.name} holds this already.`, {
        reason: "grant_exists",
        advice: "Choose another role or scope.",
      });
    }
    const row = await ctx.tx.grant.create({ data: { id: newId("grant"), ...principal, ...wanted } });
    ctx.record({
      action: "grant.create",
      topic: "teams",
      subject: { kind: "user", id: user.id },
      reason: input.reason,
      changes: { grant: { before: null, after: auditedPlace(wanted) } },
    });
    const [dto] = await grantDtos(ctx, [row]);
    if (!dto) throw new Error("A grant that was just written has no DTO.");
    return dto;
  },
});
