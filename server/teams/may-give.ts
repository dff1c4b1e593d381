import { placesOf } from "../auth/grants.ts";
import { AppError } from "../core/errors.ts";
import type { CommandContext } from "../core/command.ts";
import type { HeldGrant } from "../core/permissions.ts";
import { mayGive } from "./rules.ts";

/** Throws `forbidden` unless the actor administers all of what these grants give, for as long. */
export async function assertMayGive(ctx: CommandContext, wanted: readonly HeldGrant[]): Promise<void> {
  if (wanted.length === 0) return;
  const held = ctx.actor.kind === "user" || ctx.actor.kind === "token" ? ctx.actor.grants : [];
  const places = await placesOf(ctx.tx, [...wanted, ...held]);
  for (const one of wanted) {
    const answer = mayGive(ctx.actor, { wanted: one, as: "admin", places, now: ctx.now() });
    if (answer !== true) throw new AppError("forbidden", answer, { reason: "more_than_held" });
  }
}
