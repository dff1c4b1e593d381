import { z } from "zod";
import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { allows, permissions } from "../../core/permissions.ts";
import { query } from "../../core/query.ts";
import { grantDtos } from "../grant-dto.ts";
import type { MeDto } from "../schema.ts";
import { grantRowsOf } from "./grants.ts";
import { findUser } from "./people.ts";

/** Names of people who can grant any role, for those who hold none. */
async function adminNames({ db, now }: Ctx): Promise<string[]> {
  const rows = await db.grant.findMany({
    where: {
      principalKind: { in: ["user", "team"] },
      breakGlass: false,
      role: "admin",
      scopeKind: "everything",
      environmentId: null,
      environmentKind: null,
      OR: [{ expiresAt: null }, { expiresAt: { gt: now() } }],
    },
    orderBy: { id: "asc" },
    take: 20,
  });
  const ids = rows.map((row) => row.principalId);
  const users = await db.user.findMany({
    where: {
      OR: [{ id: { in: ids } }, { memberships: { some: { teamId: { in: ids } } } }],
      disabledAt: null,
      AND: { OR: [{ passwordHash: { not: null } }, { identities: { some: {} } }] },
    },
    take: 20,
    orderBy: { name: "asc" },
  });
  return users.map((user) => user.name);
}

/** Who the caller is and what they may do. */
export const getMe = query({
  name: "getMe",
  permission: "signed-in",
  input: z.object({}),
  async run(ctx): Promise<MeDto> {
    const { actor, db, now } = ctx;
    if (actor.kind !== "user" && actor.kind !== "token")
      throw new AppError("forbidden", "Only people and tokens have an account.");
    const user = actor.kind === "user" ? await findUser(db, actor.id) : undefined;
    const rows =
      actor.kind === "user"
        ? await grantRowsOf(db, actor.id, now())
        : await db.grant.findMany({ where: { principalKind: "token", principalId: actor.id }, orderBy: { id: "asc" } });
    const open = await db.elevation.findMany({
      where: { userId: actor.id, endedAt: null, expiresAt: { gt: now() } },
      select: { grantId: true },
    });
    const isOpen = (id: string) => open.some((one) => one.grantId === id);
    const grants = await grantDtos(ctx, rows);
    const can = Object.fromEntries(
      permissions.map((name) => [name, allows(actor, name, "anywhere", now())]),
    ) as MeDto["can"];
    return {
      kind: actor.kind,
      id: actor.id,
      name: actor.name,
      email: user?.email ?? null,
      hasPassword: Boolean(user?.passwordHash),
      grants,
      raisable: grants.filter((grant) => grant.breakGlass && !isOpen(grant.id)),
      can,
      admins: can["all:read"] ? [] : await adminNames(ctx),
    };
  },
});
