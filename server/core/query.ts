import type { z } from "zod";
import { assertCan, type Ctx } from "./context.ts";
import { parseInput } from "./parse.ts";
import type { Permission } from "./permissions.ts";
import { traced } from "./trace.ts";

type Definition<In extends z.ZodType, Out> = {
  name: string;
  /** `signed-in`: about the actor alone, whatever they hold. */
  permission: Permission | "signed-in";
  input: In;
  run(ctx: Ctx, input: z.output<In>): Promise<Out>;
};

/** A read: callable like a function, carrying what the API layer reads. */
export type Query<In extends z.ZodType, Out> = ((ctx: Ctx, input: z.input<In>) => Promise<Out>) & {
  definition: Definition<In, Out>;
};

/** Builds a read from its parts: permission, parse, body. No transaction, no audit. */
export function query<In extends z.ZodType, Out>(definition: Definition<In, Out>): Query<In, Out> {
  const attempt = async (ctx: Ctx, raw: z.input<In>): Promise<Out> => {
    if (definition.permission !== "signed-in") assertCan(ctx, definition.permission, "anywhere");
    return definition.run(ctx, parseInput(definition.input, raw));
  };
  const execute = (ctx: Ctx, raw: z.input<In>) => traced({ name: `query ${definition.name}` }, () => attempt(ctx, raw));
  return Object.assign(execute, { definition });
}
