import { actorNames } from "../core/actor-names.ts";
import type { Ctx } from "../core/context.ts";
import { placesOf, heldGrant } from "../auth/grants.ts";
import type { Grant, Prisma } from "../db/generated/client.ts";
import { environmentRefOf } from "../environments/queries.ts";
import { mayGive } from "./rules.ts";
import type { GrantDto } from "./schema.ts";

/**
 * Grants that lists show. One that expired stays until somebody takes it away, unless it was a break-glass grant:
 * such a row is kept only because elevations tell of it.
 */
export function shownGrants(now: Date): Prisma.GrantWhereInput {
  return { OR: [{ breakGlass: false }, { expiresAt: null }, { expiresAt: { gt: now } }] };
}

const idsOf = (values: (string | null)[]) => [...new Set(values.filter((value) => value !== null))];

async function namesOfScopes(db: Ctx["db"], rows: readonly Grant[]): Promise<Map<string, string>> {
  const of = (kind: string) => idsOf(rows.map((row) => (row.scopeKind === kind ? row.scopeId : null)));
  const [services, teams] = [of("service"), of("team")];
  const select = { id: true, name: true } as const;
  const found = [
    ...(services.length === 0 ? [] : await db.service.findMany({ where: { id: { in: services } }, select })),
    ...(teams.length === 0 ? [] : await db.team.findMany({ where: { id: { in: teams } }, select })),
  ];
  return new Map(found.map(({ id, name }) => [id, name]));
}

async function namesOfPrincipals(db: Ctx["db"], rows: readonly Grant[]): Promise<(row: Grant) => string> {
  const refOf = (row: Grant) => `${row.principalKind}:${row.principalId}`;
  const actorOf = await actorNames(db, rows.filter((row) => row.principalKind !== "team").map(refOf));
  const teamIds = idsOf(rows.map((row) => (row.principalKind === "team" ? row.principalId : null)));
  const teams = teamIds.length === 0 ? [] : await db.team.findMany({ where: { id: { in: teamIds } } });
  const teamNames = new Map(teams.map(({ id, name }) => [id, name]));
  return (row) =>
    row.principalKind === "team" ? (teamNames.get(row.principalId) ?? "Former team") : actorOf(refOf(row)).name;
}

/** Stored grants as the API shows them, with names and with what the actor may do to them. */
export async function grantDtos(ctx: Pick<Ctx, "db" | "actor" | "now">, rows: readonly Grant[]): Promise<GrantDto[]> {
  const { db, actor } = ctx;
  const environmentIds = idsOf(rows.map((row) => row.environmentId));
  const environments =
    environmentIds.length === 0 ? [] : await db.environment.findMany({ where: { id: { in: environmentIds } } });
  const environmentOf = new Map(environments.map((row) => [row.id, environmentRefOf(row)]));
  const scopeNames = await namesOfScopes(db, rows);
  const nameOf = await namesOfPrincipals(db, rows);
  const places = await placesOf(db, rows.map(heldGrant));
  return rows.map((row) => {
    const held = heldGrant(row);
    const kind = row.principalKind as GrantDto["principal"]["kind"];
    return {
      id: row.id,
      principal: { kind, id: row.principalId, name: nameOf(row) },
      role: held.role,
      scope: {
        kind: held.scopeKind,
        id: held.scopeId,
        name: held.scopeId ? (scopeNames.get(held.scopeId) ?? "removed") : null,
      },
      environment: held.environmentId ? (environmentOf.get(held.environmentId) ?? null) : null,
      environmentKind: held.environmentKind as GrantDto["environmentKind"],
      expiresAt: row.expiresAt?.toISOString() ?? null,
      breakGlass: row.breakGlass,
      createdAt: row.createdAt.toISOString(),
      can: { delete: mayGive(actor, { wanted: held, as: "admin", places, now: ctx.now() }) },
    };
  });
}

/** Where a grant counts, in words: "everywhere", "qkart-backend in production". */
export function scopeInWords({
  scope,
  environment,
  environmentKind,
}: Pick<GrantDto, "scope" | "environment" | "environmentKind">): string {
  const what =
    scope.kind === "everything" ? "everything" : scope.kind === "team" ? `team ${scope.name}` : `${scope.name}`;
  const where = environment ? environment.name : environmentKind ? `${environmentKind} environments` : undefined;
  return where ? `${what} in ${where}` : what;
}
