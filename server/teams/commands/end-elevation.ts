import { command } from "../../core/command.ts";
import { Refusal } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { whyNot } from "../../core/permissions.ts";
import { endElevations } from "../end-elevations.ts";
import { elevationDtoOf, findElevation } from "../queries/elevations.ts";
import { elevationStatus, mayEnd } from "../rules.ts";
import { elevationInput } from "../schema.ts";

/** Gives a raised role back before its time, or takes it from somebody. One that has ended stays as it is. */
export const endElevation = command({
  name: "endElevation",
  permission: "signed-in",
  input: elevationInput,
  async run(ctx, { elevation: id, reason }) {
    const allowed = whyNot(ctx.actor, "people:write", {}, ctx.now());
    const isMine = (userId: string) => ctx.actor.kind === "user" && ctx.actor.id === userId;
    const found = await ctx.tx.elevation.findUnique({ where: { id } });
    // Before anything is told: who may neither end it nor owns it learns nothing of it.
    if (allowed !== true && !(found && isMine(found.userId))) throw new Refusal("people:write", {});
    const elevation = await findElevation(ctx.tx, id);
    if (elevationStatus(elevation, ctx.now()) !== "open") {
      ctx.unchanged();
      return elevationDtoOf(ctx, id);
    }
    const answer = mayEnd({ actor: ctx.actor, elevation, allowed, now: ctx.now() });
    if (answer !== true) throw new AppError("forbidden", answer, { reason: "missing_permission" });
    if ((await endElevations(ctx, { id }, reason)) === 0) ctx.unchanged();
    return elevationDtoOf(ctx, id);
  },
});
