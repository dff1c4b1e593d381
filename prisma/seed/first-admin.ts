import type { Config } from "#server/core/config.ts";
import { systemContext } from "#server/core/context.ts";
import { inTransaction, openDb } from "#server/db/client.ts";
import { createGrant } from "#server/teams/commands/create-grant.ts";
import { createUser } from "#server/teams/commands/create-user.ts";
import { seedActor } from "./demo/assert-seedable.ts";
import { Refusal } from "./refusal.ts";

/** Who signs in first where there is no demo. */
export const firstAdminEmail = "admin@quarterdeck.example";

type Settings = { databaseUrl: string; password: string };

/** What the first administrator needs of the configuration. */
export function firstAdminSettings({ DATABASE_URL: databaseUrl, LOCAL_PASSWORD: password }: Config): Settings {
  if (!databaseUrl || !password) throw new Refusal("DATABASE_URL and LOCAL_PASSWORD are needed. npm start sets them.");
  return { databaseUrl, password };
}

/** An administrator in an installation that has nobody, so that somebody can let the others in. Does nothing otherwise. */
export async function seedFirstAdmin({ databaseUrl, password }: Settings): Promise<void> {
  const db = openDb(databaseUrl, 2);
  try {
    if ((await db.user.count()) > 0) return;
    await inTransaction(db, async (tx) => {
      const ctx = { ...systemContext(db, seedActor), db: tx };
      const user = await createUser(ctx, { email: firstAdminEmail, name: "Administrator", password });
      await createGrant(ctx, { user: user.id, role: "admin" });
    });
  } finally {
    await db.$disconnect();
  }
}
