import type { Actor } from "#server/core/actor.ts";
import type { Db } from "#server/db/client.ts";
import { Refusal } from "../refusal.ts";

/** Who the audit log names for what the demo brings. */
export const seedActor: Actor = { kind: "system", id: "seed" };

/** Throws unless the database is empty, or what is in it began as this demo, which is then completed. */
export async function assertSeedable(db: Db): Promise<void> {
  const begun = await db.auditEntry.findFirst({
    where: { actorKind: "system", actorId: "seed" },
    select: { id: true },
  });
  if (begun) return;
  const [environments, services, users] = [
    await db.environment.count(),
    await db.service.count(),
    await db.user.count(),
  ];
  if (environments + services + users === 0) return;
  throw new Refusal(
    `The database is not empty (${environments} environments, ${services} services, ${users} people): the demo is left out.`,
  );
}
