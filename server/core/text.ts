import { z } from "zod";

/** A string from outside: bounded, without NUL and lone surrogates, which PostgreSQL refuses with errors of its own. */
export function text(max: number, min = 0) {
  const shown = `must be at most ${max} characters`;
  return z
    .string()
    .max(max, shown)
    .refine((value) => !value.includes("\0"), "must not contain NUL")
    .refine((value) => value.isWellFormed(), "must be valid Unicode")
    .refine((value) => value.trim().length >= min, min === 1 ? "is required" : `must be at least ${min} characters`);
}

/** A name in URLs: lower case letters, digits and dashes. */
export const slug = text(63, 1).regex(
  /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/,
  "must be lower case letters, digits and dashes",
);

/** What somebody looks for, so that LIKE takes each of its characters for itself. */
export const literally = (sought: string) => sought.replaceAll(/[\\%_]/g, "\\$&");

/** An id or a slug, as the API takes both. */
export const reference = text(80, 1);
