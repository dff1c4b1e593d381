import type { Db, Tx } from "../db/client.ts";
import type { Ctx } from "./context.ts";
import {
  allows,
  carries,
  refusalInWords,
  rolesWith,
  type HeldGrant,
  type Permission,
  type Scope,
  type WhoMay,
} from "./permissions.ts";

/** People who are named; the others are counted. */
const named = 2;

/** Grants that are looked at for one answer. Above it the names are right and the count is of these. */
const mostGrants = 2_000;

type Row = HeldGrant & { userId: string; name: string };

/**
 * People who hold the permission somewhere by a standing grant, their own or their team's, with where it counts.
 * Least role first: one asks a developer before an admin. People who cannot sign in help nobody and are left out.
 */
async function holders(on: Db | Tx, permission: Permission): Promise<Row[]> {
  const roles = rolesWith(permission);
  return on.$queryRaw<Row[]>`
    select u.id as "userId", u.name, g.role, g.scope_kind as "scopeKind", g.scope_id as "scopeId",
      g.environment_id as "environmentId", g.environment_kind as "environmentKind", g.expires_at as "expiresAt"
    from grants g
    left join memberships m on g.principal_kind = 'team' and m.team_id = g.principal_id
    join users u on u.id = case g.principal_kind when 'user' then g.principal_id when 'team' then m.user_id end
    where g.role = any(${roles}::text[]) and not g.break_glass and u.disabled_at is null
      and (u.password_hash is not null or exists (select from identities i where i.user_id = u.id))
    order by array_position(${roles}::text[], g.role), u.name, u.id
    limit ${mostGrants}`;
}

function whoOf(rows: readonly Row[], permission: Permission, scope: Scope | "anywhere", now: Date): WhoMay {
  const people = new Map<string, string>();
  for (const row of rows) if (carries(row, permission, scope, now)) people.set(row.userId, row.name);
  const names = [...people.values()];
  return { names: names.slice(0, named), others: Math.max(0, names.length - named) };
}

type Asking = Pick<Ctx, "actor" | "db" | "now">;

/** Whoever holds no role at all is told no names: they may not see people. */
const mayKnow = ({ actor, now }: Asking) => allows(actor, "all:read", "anywhere", now());

/** Who may do something that the actor may not; `undefined` when the actor may not know. */
export async function whoMay(ctx: Asking, permission: Permission, scope: Scope | "anywhere"): Promise<WhoMay | undefined> {
  if (!mayKnow(ctx)) return undefined;
  return whoOf(await holders(ctx.db, permission), permission, scope, ctx.now());
}

/** True, or why not and who may. */
export type Permitter = (scope: Scope) => true | string;

/**
 * What answers for any number of scopes whether the actor may, and if not, who may. Reads those who may once, and
 * only when the actor does not hold the permission everywhere.
 */
export async function permitter(ctx: Asking, permission: Permission): Promise<Permitter> {
  const now = ctx.now();
  if (allows(ctx.actor, permission, {}, now)) return () => true;
  const rows = mayKnow(ctx) ? await holders(ctx.db, permission) : undefined;
  return (scope) => {
    if (allows(ctx.actor, permission, scope, now)) return true;
    const who = rows && whoOf(rows, permission, scope, now);
    return refusalInWords(ctx.actor, { permission, scope, now, who });
  };
}
