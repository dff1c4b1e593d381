import { notFound } from "../core/errors.ts";
import type { HeldGrant, Role } from "../core/permissions.ts";
import type { Tx } from "../db/client.ts";
import { findEnvironment } from "../environments/queries.ts";

/** Where something is granted, as the API takes it: ids or slugs. */
export type PlaceInput = {
  role: Role;
  team?: string | undefined;
  service?: string | undefined;
  environment?: string | undefined;
  environmentKind?: string | undefined;
};

const byReference = (reference: string) => ({ OR: [{ id: reference }, { slug: reference }] });

async function scopeOf(tx: Tx, { team, service }: PlaceInput): Promise<Pick<HeldGrant, "scopeKind" | "scopeId">> {
  if (service !== undefined) {
    const found = await tx.service.findFirst({ where: byReference(service) });
    if (!found) throw notFound("service", service);
    return { scopeKind: "service", scopeId: found.id };
  }
  if (team === undefined) return { scopeKind: "everything", scopeId: null };
  const found = await tx.team.findFirst({ where: byReference(team) });
  if (!found) throw notFound("team", team);
  return { scopeKind: "team", scopeId: found.id };
}

/** A grant with its references looked up; throws `not_found`. */
export async function resolvePlace(tx: Tx, input: PlaceInput, expiresAt: Date | null): Promise<HeldGrant> {
  const environment = input.environment === undefined ? undefined : await findEnvironment(tx, input.environment);
  return {
    role: input.role,
    ...(await scopeOf(tx, input)),
    environmentId: environment?.id ?? null,
    environmentKind: input.environmentKind ?? null,
    expiresAt,
  };
}

/** What the audit log keeps of a grant: ids, never names. */
export function auditedPlace(grant: HeldGrant & { breakGlass?: boolean }) {
  const { role, scopeKind, scopeId, environmentId, environmentKind, expiresAt, breakGlass } = grant;
  const scope = scopeId ? `${scopeKind} ${scopeId}` : scopeKind;
  const place = {
    role,
    scope,
    environment: environmentId ?? environmentKind,
    expiresAt: expiresAt?.toISOString() ?? null,
  };
  return breakGlass ? { ...place, breakGlass } : place;
}
