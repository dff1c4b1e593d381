import { expect, test } from "vitest";
import { changedFields } from "./changed-fields.ts";

test("fields with before and after, only after, and only before", () => {
  expect(
    changedFields({
      name: { before: "a", after: "b" },
      role: "admin",
      team: { before: "x", after: null },
      days: { before: null, after: 30 },
    }),
  ).toEqual([
    { name: "name", kind: "changed", before: "a", after: "b" },
    { name: "role", kind: "added", after: "admin" },
    { name: "team", kind: "removed", before: "x" },
    { name: "days", kind: "added", after: "30" },
  ]);
});
