import { command } from "../core/command.ts";
import { assertCan } from "../core/context.ts";
import { AppError } from "../core/errors.ts";
import { newId } from "../core/ids.ts";
import { environmentDtoOf } from "./queries.ts";
import { createEnvironmentInput } from "./schema.ts";

/** Adds an environment; 409 when its slug is taken. */
export const createEnvironment = command({
  name: "createEnvironment",
  permission: "environments:write",
  input: createEnvironmentInput,
  async run(ctx, input) {
    const id = newId("environment");
    assertCan(ctx, "environments:write", { environment: { id, kind: input.kind } });
    const { count } = await ctx.tx.environment.createMany({
      data: { id, ...input, createdAt: ctx.now() },
      skipDuplicates: true,
    });
    if (count === 0) {
      const message = `There is an environment "${input.slug}" already.`;
      throw new AppError("conflict", message, { reason: "slug_taken", fields: { slug: message } });
    }
    ctx.record({
      action: "environment.create",
      topic: "environments",
      subject: { kind: "environment", id },
      environmentId: id,
      changes: input,
    });
    return environmentDtoOf(ctx, id);
  },
});
