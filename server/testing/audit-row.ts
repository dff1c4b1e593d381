import { expect } from "vitest";
import type { Db } from "../db/client.ts";
import type { AuditEntry } from "../db/generated/client.ts";

/** The one audit entry of this action on this subject; fails when there is none or there are several. */
export async function auditRow(db: Db, action: string, subjectId: string): Promise<AuditEntry> {
  const rows = await db.auditEntry.findMany({ where: { action, subjectId } });
  expect(
    rows.map((row) => row.action),
    `audit entries ${action} on ${subjectId}`,
  ).toEqual([action]);
  return rows[0] as AuditEntry;
}
