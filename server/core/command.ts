import type { z } from "zod";
import { inTransaction, type Tx } from "../db/client.ts";
import { assertCan, type Ctx } from "./context.ts";
import { AppError } from "./errors.ts";
import { log } from "./log.ts";
import { measureCommand } from "./metrics.ts";
import { parseInput } from "./parse.ts";
import type { Permission } from "./permissions.ts";
import { appendRecords, type Recorded } from "./record.ts";
import { traced } from "./trace.ts";

/** A command's context: `db` and `tx` are its transaction. */
export type CommandContext = Ctx & {
  tx: Tx;
  /** Tells audit log, live pages and timeline what changed. */
  record(entry: Recorded): void;
  /** Says that nothing needed to change, which is the only way to record nothing. */
  unchanged(): void;
};

type Definition<In extends z.ZodType, Done, Found, Out> = {
  name: string;
  /** `signed-in`: for whoever the body finds entitled, whatever roles they hold. */
  permission: Permission | "signed-in";
  input: In;
  /** Asks other systems before the transaction opens, so that a slow answer holds no lock. Changes nothing. */
  prepare?(ctx: Ctx, input: z.output<In>): Promise<Found>;
  run(ctx: CommandContext, input: z.output<In>, found: Found): Promise<Done>;
  /**
   * What the caller is told, read once all is committed, so that nobody waits for an answer that is long to gather;
   * inside the caller's transaction when there is one.
   */
  answer?(ctx: Ctx, done: Done): Promise<Out>;
};

/** A write: callable like a function, carrying what the API layer reads. */
export type Command<In extends z.ZodType, Out> = ((ctx: Ctx, input: z.input<In>) => Promise<Out>) & {
  definition: { name: string; permission: Permission | "signed-in"; input: In };
};

/** What was done stays done when the answer to it cannot be read. */
function unread(name: string, error: unknown): never {
  log.error({ err: error, command: name }, "what was done could not be read");
  const message = "It was done, but what came of it could not be read. Look at it before you ask again.";
  throw new AppError("internal", message, { reason: "done_unread" }, { cause: error });
}

/**
 * Builds a write from its parts. In order: permission, parse, preparation, transaction (the caller's when there is
 * one), body, audit entry and event in the same transaction, answer. A body that records nothing is a bug and fails.
 */
export function command<In extends z.ZodType, Done, Found = undefined, Out = Done>(
  definition: Definition<In, Done, Found, Out>,
): Command<In, Out> {
  const attempt = async (ctx: Ctx, raw: z.input<In>): Promise<Out> => {
    if (definition.permission !== "signed-in") assertCan(ctx, definition.permission, "anywhere");
    const input = parseInput(definition.input, raw);
    // Without `prepare` there is nothing found, and `Found` is undefined by its default.
    const found = (await definition.prepare?.(ctx, input)) as Found;
    const done = await inTransaction(ctx.db, async (tx) => {
      const entries: Recorded[] = [];
      let unchanged = false;
      const result = await definition.run(
        { ...ctx, db: tx, tx, record: (entry) => void entries.push(entry), unchanged: () => void (unchanged = true) },
        input,
        found,
      );
      if (entries.length > 0) await appendRecords(tx, ctx, entries);
      else if (!unchanged) throw new AppError("internal", `${definition.name} recorded no change.`);
      return result;
    });
    // Without `answer` what was done is the answer, and `Out` is `Done` by its default.
    if (!definition.answer) return done as unknown as Out;
    const answer = definition.answer(ctx, done);
    // Whoever is told that nothing was changed does it a second time.
    return "$transaction" in ctx.db ? answer.catch((error: unknown) => unread(definition.name, error)) : answer;
  };
  const execute = (ctx: Ctx, raw: z.input<In>) =>
    traced({ name: `command ${definition.name}` }, () => measureCommand(definition.name, () => attempt(ctx, raw)));
  return Object.assign(execute, { definition });
}
