import { z } from "zod";
import { grantsOf, placesOf } from "../../auth/grants.ts";
import { command, type CommandContext } from "../../core/command.ts";
import { assertCan } from "../../core/context.ts";
import { AppError, notFound } from "../../core/errors.ts";
import { newId } from "../../core/ids.ts";
import { text } from "../../core/text.ts";
import { resolvePlace } from "../place.ts";
import { mayGive } from "../rules.ts";
import { createTokenInput } from "../schema.ts";
import { issueToken } from "./issue-token.ts";

/** Owner of tokens that nobody in particular asked for: an account that cannot sign in. `.invalid` is no host ever. */
const serviceAccount = { email: "command-line@quarterdeck.invalid", name: "Command line" };

const mintTokenInput = createTokenInput.and(
  z.object({ owner: text(320, 1).optional().describe("E-mail of the person on whose behalf it acts") }),
);

type Owner = { id: string; name: string; disabledAt: Date | null };

async function ensureServiceAccount(ctx: CommandContext): Promise<Owner> {
  const id = newId("user");
  const { count } = await ctx.tx.user.createMany({ data: [{ id, ...serviceAccount }], skipDuplicates: true });
  if (count > 0) {
    const everything = { role: "admin", scopeKind: "everything" };
    await ctx.tx.grant.create({ data: { id: newId("grant"), principalKind: "user", principalId: id, ...everything } });
    ctx.record({
      action: "user.create",
      topic: "teams",
      subject: { kind: "user", id },
      changes: { role: { before: null, after: "admin" } },
    });
  }
  return ctx.tx.user.findUniqueOrThrow({ where: { email: serviceAccount.email } });
}

async function ownerOf(ctx: CommandContext, email: string | undefined): Promise<Owner> {
  if (email === undefined) return ensureServiceAccount(ctx);
  const found = await ctx.tx.user.findUnique({ where: { email: email.trim().toLowerCase() } });
  if (!found) throw notFound("user", email);
  return found;
}

/** Makes a token from the command line, for whoever reaches the database anyway. No API operation calls it. */
export const mintToken = command({
  name: "mintToken",
  permission: "people:write",
  input: mintTokenInput,
  async run(ctx, input) {
    assertCan(ctx, "people:write", {});
    const owner = await ownerOf(ctx, input.owner);
    if (owner.disabledAt) throw new AppError("conflict", `${owner.name} is disabled.`, { reason: "user_disabled" });
    const now = ctx.now();
    const grant = await resolvePlace(ctx.tx, input, null);
    const grants = await grantsOf(ctx.tx, { kind: "user", id: owner.id }, now);
    const places = await placesOf(ctx.tx, [grant, ...grants]);
    const acting = { kind: "user", id: owner.id, name: owner.name, email: "", grants } as const;
    // A token never does more than its owner: say so now, not when it is used.
    const answer = mayGive(acting, { wanted: { ...grant, expiresAt: now }, as: undefined, places, now });
    if (answer !== true)
      throw new AppError("forbidden", `${owner.name} holds less than that. ${answer}`, { reason: "more_than_held" });
    return issueToken(ctx, { ownerId: owner.id, name: input.name, grant, days: input.days });
  },
});
