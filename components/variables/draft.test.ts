import { describe, expect, test } from "vitest";
import type { ShownVariableDto } from "#server/variables/schema.ts";
import { draftDifferences, keyOf, noDraft, patchOf, rowsOf, type Draft, type WrittenVariable } from "./draft.ts";
import { warningsIn } from "./warnings-in.ts";

const plain = (name: string, value: string, container = "*"): ShownVariableDto => ({
  container,
  name,
  value,
  secret: null,
  secretKey: null,
  secretVersion: null,
  sensitive: false,
});
const written = (name: string, value: string, container = "*"): WrittenVariable => ({
  container,
  name,
  value,
  secret: null,
  secretKey: null,
});
const arn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:shop/key-AbCdEf";

const there = [plain("LIMIT", "5"), plain("LOG_LEVEL", "info"), { ...plain("API_TOKEN", "hush"), sensitive: true }];
const draft: Draft = new Map([
  ["*/LOG_LEVEL", written("LOG_LEVEL", "debug")],
  ["*/LIMIT", null],
  ["envoy/PORT", written("PORT", "1", "envoy")],
  ["*/API_TOKEN", { container: "*", name: "API_TOKEN", value: null, secret: arn, secretKey: null }],
]);

describe("a draft", () => {
  test("is told as what it changes; what looked like a secret stays covered", () => {
    expect(draftDifferences(there, draft)).toEqual([
      { name: "LOG_LEVEL", kind: "changed", before: "info", after: "debug" },
      { name: "LIMIT", kind: "removed", before: "5" },
      { name: "PORT in envoy", kind: "added", after: "1" },
      { name: "API_TOKEN", kind: "changed", before: "•••", after: "secret shop/key-AbCdEf (present version)" },
    ]);
    expect(draftDifferences(there, noDraft)).toEqual([]);
  });

  test("marks its rows among the others, by name", () => {
    const rows = rowsOf(
      [...there].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
      draft,
    );
    expect(rows.map((row) => [keyOf(row), row.mark])).toEqual([
      ["*/API_TOKEN", "changed"],
      ["*/LIMIT", "removed"],
      ["*/LOG_LEVEL", "changed"],
      ["envoy/PORT", "added"],
    ]);
  });

  test("goes to the API as what is set and what is taken away", () => {
    const { set, unset } = patchOf(draft);
    expect(set.map((one) => one.name)).toEqual(["LOG_LEVEL", "PORT", "API_TOKEN"]);
    expect(unset).toEqual([{ container: "*", name: "LIMIT" }]);
    // Absent pins the present version; null would follow whatever is current.
    expect(set.at(-1)).not.toHaveProperty("secretVersion");
  });
});

test("warnings are read from the answer that asks for confirmation, and from no other", () => {
  const body = { code: "precondition", reason: "needs_confirmation", warnings: [{ message: "Look." }, { other: 1 }] };
  expect(warningsIn({ data: body })).toEqual(["Look."]);
  expect(warningsIn(body)).toEqual(["Look."]);
  expect(warningsIn({ data: { ...body, reason: "stale_number" } })).toEqual([]);
  expect(warningsIn(new Error("x"))).toEqual([]);
});
