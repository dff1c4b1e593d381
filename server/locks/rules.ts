/** What a lock keeps still; each id that is null widens it. */
export type LockScope = { environmentId: string | null; serviceId: string | null; targetId: string | null };

export type LockState = { expiresAt: Date | null; liftedAt: Date | null };

/** One service in one environment, with the targets that are meant. */
export type LockedPlace = { environmentId: string; serviceId: string; targetIds: readonly string[] };

/** Whether a lock still counts. */
export function isOpen({ expiresAt, liftedAt }: LockState, now: Date): boolean {
  return liftedAt === null && (expiresAt === null || expiresAt > now);
}

/** Whether a lock is about any of the targets of a place. */
export function isAbout(lock: LockScope, place: LockedPlace): boolean {
  if (lock.environmentId !== null && lock.environmentId !== place.environmentId) return false;
  if (lock.serviceId !== null && lock.serviceId !== place.serviceId) return false;
  return lock.targetId === null || place.targetIds.includes(lock.targetId);
}

type Named = {
  by: string;
  reason: string;
  expiresAt: Date | null;
  service: string | null;
  environment: string | null;
  target: string | null;
};

/** "qkart-backend in production is locked by Ana until 2026-11-23 08:00 UTC: Black Friday." */
export function lockInWords({ by, reason, expiresAt, service, environment, target }: Named): string {
  const what = service ?? "Everything";
  const where = environment ? ` in ${environment}` : "";
  const place = target ? ` (${target})` : "";
  const until = expiresAt
    ? `until ${expiresAt.toISOString().slice(0, 16).replace("T", " ")} UTC`
    : "until it is lifted";
  return `${what}${where}${place} is locked by ${by} ${until}: ${reason.trim().replace(/\.$/, "")}.`;
}
