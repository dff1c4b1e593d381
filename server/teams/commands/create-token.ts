import { placesOf } from "../../auth/grants.ts";
import { command } from "../../core/command.ts";
import { AppError } from "../../core/errors.ts";
import { resolvePlace } from "../place.ts";
import { personOf, tokenDtoOf } from "../queries/tokens.ts";
import { mayGive } from "../rules.ts";
import { createTokenInput } from "../schema.ts";
import { issueToken } from "./issue-token.ts";

/** Makes an API token of one's own, for no more than one holds. The secret is in the answer and nowhere else. */
export const createToken = command({
  name: "createToken",
  permission: "tokens:write",
  input: createTokenInput,
  async run(ctx, input) {
    const ownerId = personOf(ctx.actor);
    if (ownerId === undefined || (ctx.actor.kind !== "user" && ctx.actor.kind !== "token")) {
      throw new AppError("forbidden", "Only people own tokens.", { reason: "not_a_person" });
    }
    const grant = await resolvePlace(ctx.tx, input, null);
    const places = await placesOf(ctx.tx, [grant, ...ctx.actor.grants]);
    // Time needs no comparison: a token never does more than its owner may do at the time of use.
    const wanted = { ...grant, expiresAt: ctx.now() };
    // Nor does it get what its owner raised themselves to.
    const standing = { ...ctx.actor, grants: ctx.actor.grants.filter((held) => held.elevationId === undefined) };
    const answer = mayGive(standing, { wanted, as: undefined, places, now: ctx.now() });
    if (answer !== true)
      throw new AppError("forbidden", answer, {
        reason: "more_than_held",
        fields: { role: "is more than you hold there" },
      });
    const { id, secret } = await issueToken(ctx, { ownerId, name: input.name, grant, days: input.days });
    return { token: await tokenDtoOf(ctx, id), secret };
  },
});
