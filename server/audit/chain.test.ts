import { expect, test } from "vitest";
import type { AuditEntry } from "../db/generated/client.ts";
import { genesis, linkHash } from "./chain.ts";

const entry: AuditEntry = {
  id: "aud_1",
  at: new Date("2026-11-22T12:00:00.123Z"),
  actorKind: "user",
  actorId: "usr_1",
  action: "user.create",
  subjectKind: "user",
  subjectId: "usr_2",
  serviceId: null,
  environmentId: null,
  reason: null,
  changes: { b: [1, { d: null, c: "x" }], a: true },
  requestId: "req_1",
};
const base = linkHash("key", genesis, 1n, entry);

test("the order of keys does not matter", () => {
  const { id, changes: _changes, ...rest } = entry;
  expect(linkHash("key", genesis, 1n, { changes: { a: true, b: [1, { c: "x", d: null }] }, ...rest, id })).toBe(base);
});

test("a column that a later version adds leaves old entries as they are", () => {
  const later = { ...entry, addedLater: null };
  expect(linkHash("key", genesis, 1n, later)).toBe(base);
});

test.each(Object.keys(entry) as (keyof AuditEntry)[])("a change of %s changes the hash", (field) => {
  const other = field === "at" ? new Date("2026-11-22T12:00:00.124Z") : field === "changes" ? { a: true } : "other";
  expect(linkHash("key", genesis, 1n, { ...entry, [field]: other })).not.toBe(base);
});

test("so do the key, the number and the link before", () => {
  const others = [
    linkHash("kez", genesis, 1n, entry),
    linkHash("key", genesis, 2n, entry),
    linkHash("key", base, 1n, entry),
  ];
  expect(new Set([base, ...others]).size).toBe(4);
});
