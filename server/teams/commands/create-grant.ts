import { command } from "../../core/command.ts";
import { AppError, invalidField } from "../../core/errors.ts";
import { newId } from "../../core/ids.ts";
import { grantDtos } from "../grant-dto.ts";
import { assertMayGive } from "../may-give.ts";
import { auditedPlace, resolvePlace } from "../place.ts";
import { resolvePrincipal } from "../principal.ts";
import { createGrantInput } from "../schema.ts";

/** Gives a person, a team or a token a role on a scope. Nobody gives more than they hold. */
export const createGrant = command({
  name: "createGrant",
  permission: "people:write",
  input: createGrantInput,
  async run(ctx, input) {
    const expiresAt = input.expiresAt === undefined ? null : new Date(input.expiresAt);
    if (expiresAt && expiresAt <= ctx.now()) throw invalidField("expiresAt", "must lie ahead");
    const { name, ...principal } = await resolvePrincipal(ctx.tx, input);
    const wanted = await resolvePlace(ctx.tx, input, expiresAt);
    await assertMayGive(ctx, [wanted]);
    const data = { ...principal, ...wanted, breakGlass: input.breakGlass };
    if (await ctx.tx.grant.findFirst({ where: data })) {
      throw new AppError("conflict", `${name} holds this already.`, {
        reason: "grant_exists",
        advice: "Choose another role or scope.",
      });
    }
    const row = await ctx.tx.grant.create({ data: { id: newId("grant"), ...data } });
    ctx.record({
      action: "grant.create",
      topic: "teams",
      subject: { kind: principal.principalKind, id: principal.principalId },
      reason: input.reason,
      changes: { grant: { before: null, after: auditedPlace({ ...wanted, breakGlass: input.breakGlass }) } },
    });
    const [dto] = await grantDtos(ctx, [row]);
    if (!dto) throw new Error("A grant that was just written has no DTO.");
    return dto;
  },
});
