import { Refusal, type Ctx } from "../core/context.ts";
import { allows } from "../core/permissions.ts";

/** People see and end their own sessions, who administers people everybody's. An API token has none of its own. */
export function mayEndSessionsOf({ actor, now }: Pick<Ctx, "actor" | "now">, userId: string | undefined): boolean {
  return (actor.kind === "user" && actor.id === userId) || allows(actor, "people:write", {}, now());
}

/** Throws `forbidden` unless the actor may see and end this person's sessions. */
export function assertMayEndSessionsOf(ctx: Pick<Ctx, "actor" | "now">, userId: string): void {
  if (!mayEndSessionsOf(ctx, userId)) throw new Refusal("people:write", {});
}
