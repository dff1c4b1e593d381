import { command } from "../../core/command.ts";
import { assertCan } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { newId } from "../../core/ids.ts";
import { teamDtoOf } from "../queries/teams.ts";
import { createTeamInput } from "../schema.ts";

/** Adds a team that services can belong to. */
export const createTeam = command({
  name: "createTeam",
  permission: "people:write",
  input: createTeamInput,
  async run(ctx, { slug, name }) {
    assertCan(ctx, "people:write", {});
    const id = newId("team");
    const { count } = await ctx.tx.team.createMany({ data: [{ id, slug, name }], skipDuplicates: true });
    if (count === 0) {
      const message = "another team has this name in URLs already";
      throw new AppError("conflict", `slug: ${message}`, { reason: "slug_taken", fields: { slug: message } });
    }
    const changes = { slug: { before: null, after: slug }, name: { before: null, after: name } };
    ctx.record({ action: "team.create", topic: "teams", subject: { kind: "team", id }, changes });
    return teamDtoOf(ctx, id);
  },
});
