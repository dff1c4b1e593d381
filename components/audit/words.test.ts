import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { beginningOf } from "./periods.ts";
import { actionInWords, differencesOf, subjectPath } from "./words.ts";

test("known actions read as a sentence, others as they are", () => {
  expect(actionInWords("grant.create")).toBe("granted a role to");
  expect(actionInWords("flag.roll_out")).toBe("flag: roll out");
});

test("every action that is recorded has words", () => {
  const recorded = globSync("server/**/*.ts", { exclude: ["**/*.test.ts", "**/testing/**"] }).flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/\baction: "([a-z_]+\.[a-z_]+)"/g)].map(([, action = ""]) => action),
  );
  expect(recorded.length).toBeGreaterThan(30);
  expect(recorded.filter((action) => actionInWords(action).includes(": "))).toEqual([]);
});

test("changes become differences", () => {
  const changes = {
    role: { before: null, after: "admin" },
    grant: { before: { role: "viewer", scope: "everything", expiresAt: null }, after: null },
    count: { before: 1, after: 2 },
    password: "changed",
    gates: ["alarm"],
    cause: null,
  };
  expect(differencesOf(changes)).toEqual([
    { name: "role", kind: "added", after: "admin" },
    { name: "grant", kind: "removed", before: "role viewer, scope everything" },
    { name: "count", kind: "changed", before: "1", after: "2" },
    { name: "password", kind: "added", after: "changed" },
    { name: "gates", kind: "added", after: "alarm" },
  ]);
});

test("a thing that was replaced shows the fields that differ", () => {
  expect(differencesOf({ before: { verdict: "good", held: false }, after: { verdict: "bad", held: false } })).toEqual([
    { name: "verdict", kind: "changed", before: "good", after: "bad" },
  ]);
  expect(differencesOf({ before: null, after: { verdict: "bad" } })).toEqual([
    { name: "verdict", kind: "added", after: "bad" },
  ]);
  expect(differencesOf({})).toEqual([]);
});

test("subjects lead to their pages", () => {
  const service = { id: "svc_1", slug: "qkart-backend", name: "qkart-backend" };
  const of = (kind: string) => subjectPath({ subject: { kind, id: "x_1", name: null }, service });
  expect(of("deployment")).toBe("/deployments/x_1");
  expect(of("release")).toBe("/services/qkart-backend/releases");
  expect(of("flag")).toBeUndefined();
  expect(subjectPath({ subject: { kind: "service", id: "svc_1", name: null }, service: null })).toBeUndefined();
});

test("a period begins that long ago", () => {
  const now = Date.UTC(2026, 10, 22, 12);
  expect(beginningOf("24h", now)).toBe("2026-11-21T12:00:00.000Z");
  expect(beginningOf("forever", now)).toBeUndefined();
  expect(beginningOf(null, now)).toBeUndefined();
});
