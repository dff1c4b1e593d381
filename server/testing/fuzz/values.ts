import fc from "fast-check";
import type { Schema } from "./operations.ts";

/** Ids, slugs and versions of rows that exist, by the name of the input that takes them. */
export type Known = Record<string, string[]>;

const deep = Array.from({ length: 200 }).reduce<unknown>((inner) => ({ inner }), "bottom");

/** What no input wants, or wants only here and there. */
const hostile: unknown[] = [
  ...[null, true, 0, -1, 1.5, 1e308, -1e308, 2 ** 53, [], {}, [[[]]], [null], { $ne: null }, deep],
  ...[
    "",
    " ",
    "\0",
    "a\0b",
    "\ud800",
    "x\udfff",
    "%00",
    "../../etc/passwd",
    "'; drop table users; --",
    "${7*7}",
    "\r\nX: y",
  ],
  ...[
    "NaN",
    "Infinity",
    "1e999",
    "9".repeat(400),
    "0x10",
    "true",
    "null",
    "undefined",
    "☃",
    "\u202e",
    "x".repeat(5_000),
  ],
  ...["2026-13-45T00:00:00Z", "9999999-01-01T00:00:00Z", "-1", "constructor", "__proto__", "toString"],
  JSON.parse('{"__proto__":{"polluted":true}}'),
];

const hostileValue = fc.constantFrom(...hostile);

function text(schema: Schema): fc.Arbitrary<unknown> {
  const { format, pattern, minLength = 0, maxLength = 40 } = schema;
  if (format === "date-time") return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  if (format === "email") return fc.emailAddress();
  const plain = fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 40)), unit: "grapheme" });
  return pattern ? fc.oneof(plain, fc.stringMatching(new RegExp(pattern))) : plain;
}

/** Values that the schema takes, mostly. */
function fitting(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(fitting));
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.const !== undefined) return fc.constant(schema.const);
  switch (schema.type) {
    case "string":
      return text(schema);
    case "integer":
    case "number":
      return fc.integer({ min: schema.minimum ?? -10, max: Math.min(schema.maximum ?? 1_000, 1_000) });
    case "boolean":
      return fc.boolean();
    case "array":
      return fc.array(fitting(schema.items ?? {}), { maxLength: 3 });
    case "object":
      return fc.record(
        Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, one]) => [name, fitting(one)])),
      );
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

/** A value for an input: something known, something that fits, or something hostile. */
export function valueFor(name: string, schema: Schema, known: Known): fc.Arbitrary<unknown> {
  const there = known[name];
  const elsewhere = Object.values(known).flat();
  return fc.oneof(
    { weight: 20, arbitrary: there ? fc.constantFrom(...there) : fitting(schema) },
    { weight: 2, arbitrary: fitting(schema) },
    { weight: 1, arbitrary: fc.constantFrom(...elsewhere) },
    { weight: 2, arbitrary: hostileValue },
  );
}
