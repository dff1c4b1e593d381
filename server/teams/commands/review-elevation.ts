import { command } from "../../core/command.ts";
import { assertCan } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { elevationDtoOf, findElevation } from "../queries/elevations.ts";
import { elevationStatus, mayReview } from "../rules.ts";
import { reviewElevationInput } from "../schema.ts";

/** Another person says that they have looked at what somebody did with a raised role. Once, and afterwards. */
export const reviewElevation = command({
  name: "reviewElevation",
  permission: "people:write",
  input: reviewElevationInput,
  async run(ctx, { elevation: id, note }) {
    assertCan(ctx, "people:write", {});
    const elevation = await findElevation(ctx.tx, id);
    const now = ctx.now();
    const answer = mayReview({ actor: ctx.actor, elevation, allowed: true, now });
    if (answer !== true) {
      const isLate = elevationStatus(elevation, now) !== "to_review";
      throw new AppError(isLate ? "conflict" : "forbidden", answer, {
        reason: isLate ? "not_to_review" : "may_not_review",
      });
    }
    const { count } = await ctx.tx.elevation.updateMany({
      where: { id, reviewedAt: null },
      data: { reviewedAt: now, reviewedBy: ctx.actor.id, reviewNote: note?.trim() || null },
    });
    if (count === 0) throw new AppError("conflict", "Somebody else has reviewed it.", { reason: "not_to_review" });
    ctx.record({ action: "elevation.review", topic: "teams", subject: { kind: "elevation", id }, reason: note });
    return elevationDtoOf(ctx, id);
  },
});
