import type { z } from "zod";
import { inTransaction, type Tx } from "../db/client.ts";
import { assertCan, type Ctx } from "./context.ts";
import { AppError } from "./errors.ts";
import { parseInput } from "./parse.ts";
import type { Permission } from "./permissions.ts";
import { appendRecords, type Recorded } from "./record.ts";

/** A command's context: `db` and `tx` are its transaction. */
export type CommandContext = Ctx & {
  tx: Tx;
  /** Tells audit log, live pages and timeline what changed. */
  record(entry: Recorded): void;
  /** Says that nothing needed to change, which is the only way to record nothing. */
  unchanged(): void;
};

type Definition<In extends z.ZodType, Out> = {
  name: string;
  permission: Permission;
  input: In;
  run(ctx: CommandContext, input: z.output<In>): Promise<Out>;
};

/** A write: callable like a function, carrying what the API layer reads. */
export type Command<In extends z.ZodType, Out> = ((ctx: Ctx, input: z.input<In>) => Promise<Out>) & {
  definition: Definition<In, Out>;
};

/**
 * Builds a write from its parts. In order: permission, parse, transaction (the caller's when there is one), body,
 * audit entry and event in the same transaction. A body that records nothing is a bug and fails.
 */
export function command<In extends z.ZodType, Out>(definition: Definition<In, Out>): Command<In, Out> {
  const execute = async (ctx: Ctx, raw: z.input<In>): Promise<Out> => {
    assertCan(ctx, definition.permission, "anywhere");
    const input = parseInput(definition.input, raw);
    return inTransaction(ctx.db, async (tx) => {
      const entries: Recorded[] = [];
      let unchanged = false;
      const result = await definition.run(
        { ...ctx, db: tx, tx, record: (entry) => void entries.push(entry), unchanged: () => void (unchanged = true) },
        input,
      );
      if (entries.length > 0) await appendRecords(tx, ctx, entries);
      else if (!unchanged) throw new AppError("internal", `${definition.name} recorded no change.`);
      return result;
    });
  };
  return Object.assign(execute, { definition });
}
