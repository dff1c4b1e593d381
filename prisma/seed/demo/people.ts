import type { Ctx } from "#server/core/context.ts";
import type { Role } from "#server/core/permissions.ts";
import { inTransaction } from "#server/db/client.ts";
import { createGrant } from "#server/teams/commands/create-grant.ts";
import { createUser } from "#server/teams/commands/create-user.ts";

type Person = { email: string; name: string; grants: { role: Role; environment?: string; breakGlass?: boolean }[] };

/** One person per role. All sign in with LOCAL_PASSWORD. */
export const demoPeople: readonly Person[] = [
  { email: "admin@qkart.example", name: "Ada Admin", grants: [{ role: "admin" }] },
  { email: "release@qkart.example", name: "Rhea Release", grants: [{ role: "release_manager" }] },
  {
    email: "developer@qkart.example",
    name: "Devi Developer",
    grants: [
      { role: "viewer" },
      { role: "developer", environment: "development" },
      { role: "developer", environment: "staging" },
      { role: "release_manager", environment: "production", breakGlass: true },
    ],
  },
  { email: "viewer@qkart.example", name: "Vito Viewer", grants: [{ role: "viewer" }] },
];

/** Adds who is missing; a person and their roles come together or not at all. */
export async function ensurePeople(ctx: Ctx, password: string): Promise<void> {
  for (const { email, name, grants } of demoPeople) {
    if (await ctx.db.user.findUnique({ where: { email } })) continue;
    await inTransaction(ctx.db, async (tx) => {
      const user = await createUser({ ...ctx, db: tx }, { email, name, password });
      for (const grant of grants) await createGrant({ ...ctx, db: tx }, { user: user.id, ...grant });
    });
  }
}
