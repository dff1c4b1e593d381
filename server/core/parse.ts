import type { z } from "zod";
import { AppError } from "./errors.ts";

/** Zod issues as `field.path` to message; the first message per field wins. */
export function fieldErrors(issues: readonly { path: PropertyKey[]; message: string }[]): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const issue of issues) fields[issue.path.map(String).join(".") || "body"] ??= issue.message;
  return fields;
}

/** `invalid`, with each field named and the first of them in the message. */
export function invalidInput(issues: readonly { path: PropertyKey[]; message: string }[]): AppError {
  const fields = fieldErrors(issues);
  const [name, message] = Object.entries(fields)[0] ?? ["body", "is not valid"];
  return new AppError("invalid", `${name}: ${message}`, { fields });
}

/** Parses untrusted input; throws `invalid` with the fields named. */
export function parseInput<In extends z.ZodType>(schema: In, raw: unknown): z.output<In> {
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  throw invalidInput(result.error.issues);
}
