import { expect, test } from "vitest";
import { parseFilterPattern } from "./filter-pattern.ts";

const line = JSON.stringify({
  level: "error",
  status: 502,
  ok: false,
  user: { id: "u-17", tags: ["a", "b"] },
  none: null,
  "x-y": 1,
});

test.each([
  ["", "anything", true],
  ["ERROR", "an ERROR here", true],
  ["ERROR", "an error here", false],
  ["a b", "b then a", true],
  ["a b", "only a", false],
  ["a -b", "a", true],
  ["a -b", "a b", false],
  ['"a b"', "xa by", true],
  ['"a b"', "b a", false],
  ['"say \\"hi\\""', 'they say "hi"', true],
  ['-"not this"', "but not this", false],
  ["?a ?b", "only b", true],
  ["?a ?b", "neither", false],
  ["{ $.status = 502 }", line, true],
  ["{ $.status != 502 }", line, false],
  ["{ $.status > 500 && $.status <= 599 }", line, true],
  ['{ $.level = "error" }', line, true],
  ["{ $.level = error }", line, true],
  ['{ $.level != "info" }', line, true],
  ['{ $.user.id = "u-*" }', line, true],
  ['{ $.user.id = "*-1" }', line, false],
  ['{ $.user.tags[1] = "b" }', line, true],
  ['{ $.user.tags[*] = "b" }', line, true],
  ["{ $.['x-y'] = 1 }", line, true],
  ["{ $.none IS NULL }", line, true],
  ["{ $.ok IS FALSE }", line, true],
  ["{ $.nobody NOT EXISTS }", line, true],
  ["{ $.user.id EXISTS }", line, true],
  ['{ ($.status = 1 || $.status = 502) && ($.level = "error") }', line, true],
  ["{ $.toString = 1 }", line, false],
  ["{ $.status = 502 }", "status = 502", false],
  ["{ $.status = 502 }", "{ broken", false],
])("%s on %s: %s", (pattern, message, expected) => expect(parseFilterPattern(pattern)(message)).toBe(expected));

test.each([
  "{",
  "{ }",
  "{ $.a }",
  "{ $.a = }",
  "{ $.a ~ 1 }",
  "{ a = 1 }",
  "{ ($.a = 1 }",
  '{ $.a > "x" }',
  "[a, b]",
  "%x%",
  '"open',
  `{ ${"(".repeat(50)}`,
])("%s is refused", (pattern) =>
  expect(() => parseFilterPattern(pattern)).toThrow(
    expect.objectContaining({ type: "InvalidParameterException" }) as Error,
  ),
);
