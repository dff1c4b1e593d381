import type { HeldGrant, Role } from "../core/permissions.ts";
import type { Tx } from "../db/client.ts";
import { findEnvironment } from "../environments/queries.ts";
import { findService } from "../services/queries.ts";
import { findTeam } from "./queries/teams.ts";

/** Where something is granted, as the API takes it: ids or slugs. */
export type PlaceInput = {
  role: Role;
  team?: string | undefined;
  service?: string | undefined;
  environment?: string | undefined;
  environmentKind?: string | undefined;
};

async function scopeOf(tx: Tx, { team, service }: PlaceInput): Promise<Pick<HeldGrant, "scopeKind" | "scopeId">> {
  if (service !== undefined) {
    return { scopeKind: "service", scopeId: (await findService(tx, service)).id };
  }
  if (team === undefined) return { scopeKind: "everything", scopeId: null };
  return { scopeKind: "team", scopeId: (await findTeam(tx, team)).id };
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
