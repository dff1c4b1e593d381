import { systemContext } from "../core/context.ts";
import { appendRecords } from "../core/record.ts";
import { inTransaction, type Db } from "../db/client.ts";

/**
 * Ends a person's sessions everywhere, as only the version that all of them carry is kept: a cookie that was copied
 * is worth nothing after the sign-out. One whose session has ended already ends no newer one.
 */
export async function signOutEverywhere(on: Db, claims: { userId: string; sessionVersion: number }): Promise<void> {
  const { userId: id, sessionVersion } = claims;
  await inTransaction(on, async (tx) => {
    const ended = await tx.user.updateMany({
      where: { id, sessionVersion, disabledAt: null },
      data: { sessionVersion: { increment: 1 } },
    });
    if (ended.count === 0) return;
    const { name, email } = await tx.user.findUniqueOrThrow({ where: { id } });
    const ctx = systemContext(on, { kind: "user", id, name, email, grants: [] });
    await appendRecords(tx, ctx, [{ action: "user.end_sessions", topic: "teams", subject: { kind: "user", id } }]);
  });
}
