import { expect, test } from "vitest";
import { fieldErrors } from "./parse.ts";
import { slug, text } from "./text.ts";

const said = (schema: ReturnType<typeof text>, value: unknown) => {
  const result = schema.safeParse(value);
  return result.success ? "fine" : fieldErrors(result.error.issues)["body"];
};

test.each([
  ["a text", "fine"],
  ["Grüße 👋", "fine"],
  ["x".repeat(21), "must be at most 20 characters"],
  ["a\0b", "must not contain NUL"],
  ["a\ud800b", "must be valid Unicode"],
  ["  ", "is required"],
])("%j is %s", (value, answer) => expect(said(text(20, 1), value)).toBe(answer));

test.each(["qkart-backend", "a", "9", "a-1-b"])("%s is a slug", (value) => expect(said(slug, value)).toBe("fine"));
test.each(["", "-a", "a-", "A", "a_b", "a b", "ä", "a".repeat(64)])("%j is no slug", (value) =>
  expect(said(slug, value)).not.toBe("fine"),
);
