import { createHmac } from "node:crypto";
import type { AuditEntry } from "../db/generated/client.ts";

/** What stands before the first seal. */
export const genesis = "0".repeat(64);

/** JSON with sorted keys, so that one value has one text. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(",")}}`;
}

/** The entry without empty fields: a column that a later version adds is empty in old entries and must not break them. */
function filled(entry: AuditEntry): object {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== null));
}

/**
 * The hash of one link: keyed, over the hash before it, its number, and the whole entry. Without the key nobody can
 * make one, and none can be left out, changed or moved without breaking the next.
 */
export function linkHash(key: string, previous: string, seq: bigint, entry: AuditEntry): string {
  return createHmac("sha256", key)
    .update(`${previous}\n${seq}\n${canonical(filled(entry))}`)
    .digest("hex");
}
