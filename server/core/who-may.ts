import type { Db, Tx } from "../db/client.ts";
import type { Actor } from "./actor.ts";
import { allows, carries, roles, type Directory, type HeldGrant, type Permission, type Scope } from "./permissions.ts";

/** People who are named; the others are counted. */
const named = 2;

/** Grants that are read; above it the count is of these. Those who may most come first. */
const mostGrants = 2_000;

/** Names may be this old: they say whom to ask, and decide nothing. */
const freshMs = 5_000;

type Row = HeldGrant & { userId: string; name: string };

/** Standing grants above viewer of people who can sign in, their own and their teams', with where each counts. */
async function readHolders(on: Db | Tx): Promise<Row[]> {
  const asked = roles.slice(1);
  return on.$queryRaw<Row[]>`
    select u.id as "userId", u.name, g.role, g.scope_kind as "scopeKind", g.scope_id as "scopeId",
      g.environment_id as "environmentId", g.environment_kind as "environmentKind", g.expires_at as "expiresAt"
    from grants g
    left join memberships m on g.principal_kind = 'team' and m.team_id = g.principal_id
    join users u on u.id = case g.principal_kind when 'user' then g.principal_id when 'team' then m.user_id end
    where g.role = any(${asked}::text[]) and not g.break_glass and u.disabled_at is null
      and (u.password_hash is not null or exists (select from identities i where i.user_id = u.id))
    order by array_position(${asked}::text[], g.role) desc, u.name, u.id
    limit ${mostGrants}`;
}

const keyOf = ({ service, environment }: Scope) =>
  [service?.id, service?.teamId, environment?.id, environment?.kind].join("/");

/** Answers from what was read, each question once: a list asks the same of every row. */
function directoryOf(rows: readonly Row[]): Directory {
  const byScope = Map.groupBy(rows, (row) => row.scopeId);
  const answers = new Map<string, ReturnType<Directory>>();
  return (permission, scope, now) => {
    const asked = scope === "anywhere" ? {} : scope;
    const key = `${permission} ${scope === "anywhere" ? scope : keyOf(asked)}`;
    const known = answers.get(key);
    if (known) return known;
    const near = [null, asked.service?.teamId, asked.service?.id].flatMap((id) =>
      id === undefined ? [] : (byScope.get(id) ?? []),
    );
    const holders = (scope === "anywhere" ? rows : near).filter((row) => carries(row, permission, scope, now));
    // Least role first: one asks a developer before an admin.
    holders.sort((a, b) => roles.indexOf(a.role) - roles.indexOf(b.role));
    const people = [...new Map(holders.map((row) => [row.userId, row.name])).values()];
    const answer = { names: people.slice(0, named), others: Math.max(0, people.length - named) };
    answers.set(key, answer);
    return answer;
  };
}

const kept = new WeakMap<object, { at: number; directory: Promise<Directory> }>();

function directoryFor(on: Db | Tx, now: Date): Promise<Directory> {
  const known = kept.get(on);
  if (known && now.getTime() - known.at < freshMs) return known.directory;
  const directory = readHolders(on).then(directoryOf);
  kept.set(on, { at: now.getTime(), directory });
  // A failure is not kept: the next request asks again.
  directory.catch(() => kept.delete(on));
  return directory;
}

const top: Permission = "people:write";

/**
 * The actor who knows whom to ask: refusals then name people who may. Costs nothing for who may everything, and one
 * query every few seconds for all others together. Whoever holds no role is told no names.
 */
export async function knowingWhoMay<A extends Actor>(actor: A, { db, now }: { db: Db | Tx; now: Date }): Promise<A> {
  if (actor.kind !== "user" && actor.kind !== "token") return actor;
  if (allows(actor, top, {}, now) || !allows(actor, "all:read", "anywhere", now)) return actor;
  return { ...actor, whoMay: await directoryFor(db, now) };
}
