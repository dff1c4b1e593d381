import type { Actor } from "../core/actor.ts";
import type { Permit } from "../core/dto.ts";
import { whyNot } from "../core/permissions.ts";
import { restartCommand, updateServiceCommand } from "../deployments/aws-cli.ts";
import type { Health } from "./schema.ts";

/** A deployment that holds a target now. */
export type Holder = {
  version: string;
  kind: string;
  status: string;
  /** Name of who asked for it. */
  by: string;
};

type Asked = {
  actor: Actor;
  now: Date;
  service: { id: string; teamId: string };
  environment: { id: string; kind: string };
  /** Deployment under way on the target, if any. */
  active: Holder | null;
  /** The lock that keeps the target still, in words. */
  locked?: string | null;
};

/** "1.1.0 is being deployed by Ada", which is also what a second caller is told. */
export function holderInWords({ version, kind, status, by }: Holder): string {
  if (status === "rolling_back") return `${version} is being rolled back.`;
  if (kind === "config") return `${by} is applying variables to ${version}.`;
  if (kind === "restart") return `${by} is restarting ${version}.`;
  return kind === "rollback" ? `${by} is rolling back to ${version}.` : `${version} is being deployed by ${by}.`;
}

/**
 * Whether the actor may deploy to a service's target now. What is under way stops nobody: they choose whether to wait
 * or to take its place.
 */
export function deployPermit({ actor, now, service, environment, locked = null }: Asked): Permit {
  const allowed = whyNot(actor, "deployments:write", { service, environment }, now);
  if (allowed !== true) return allowed;
  return locked ?? true;
}

/** Whether the actor may roll a target back now: in flight what runs is undone, afterwards there must be a way back. */
export function rollbackPermit({
  hasGood,
  hasRelease,
  ...asked
}: Asked & { hasGood: boolean; hasRelease: boolean }): Permit {
  const { actor, now, service, environment, active, locked } = asked;
  const allowed = whyNot(actor, "deployments:write", { service, environment }, now);
  if (allowed !== true) return allowed;
  if (active) return active.status === "rolling_back" || active.kind === "rollback" ? holderInWords(active) : true;
  if (!hasRelease) return "Nothing was deployed here by the portal yet.";
  if (locked && whyNot(actor, "gates:override", { service, environment }, now) !== true) return locked;
  return hasGood ? true : "No other release is known to work here.";
}

/** Whether the actor may restart a target: the running release again, with a deployment of its own. */
export function restartPermit({
  isAtZero,
  hasRelease,
  ...asked
}: Asked & { isAtZero: boolean; hasRelease: boolean }): Permit {
  const { actor, now, service, environment, active, locked = null } = asked;
  const allowed = whyNot(actor, "targets:operate", { service, environment }, now);
  if (allowed !== true) return allowed;
  if (active) return holderInWords(active);
  if (locked) return locked;
  if (!hasRelease) return "The portal does not know which release runs here.";
  return isAtZero ? scaledToZero : true;
}

/** Whether it is known to have no tasks because nobody wants any. */
export function isScaledToZero({
  desiredCount,
  observedAt,
}: {
  desiredCount: number;
  observedAt: Date | null;
}): boolean {
  return desiredCount === 0 && observedAt !== null;
}

/** Why a target without tasks is not restarted. */
export const scaledToZero = "It is scaled to zero: there is no task to restart.";

/** Why the portal leaves a desired count alone. */
export function autoscaledInWords(ecsService: string): string {
  return `Application Auto Scaling owns the number of tasks of ${ecsService}: change its limits there.`;
}

/** Whether the actor may change how many tasks run. A lock keeps nobody from it: it is against deployments. */
export function scalePermit({
  autoscaled,
  ecsService,
  ...asked
}: Asked & { autoscaled: boolean; ecsService: string }): Permit {
  const { actor, now, service, environment } = asked;
  const allowed = whyNot(actor, "targets:operate", { service, environment }, now);
  if (allowed !== true) return allowed;
  return autoscaled ? autoscaledInWords(ecsService) : true;
}

export type ScaleAsked = {
  desiredCount: number;
  service: string;
  environmentKind: string;
  /** The service's slug as the person typed it. */
  confirm: string | undefined;
  /** What is under way on the target, in words. */
  busyWith: string | null;
};

/** Why a target is not scaled like this, with the input at fault; undefined when it is. */
export function scaleRefusal({
  desiredCount,
  service,
  environmentKind,
  confirm,
  busyWith,
}: ScaleAsked): { field: "confirm" | "desiredCount"; message: string } | undefined {
  if (desiredCount > 0) return undefined;
  // A rollout without tasks succeeds, and would call a release good that never ran.
  if (busyWith)
    return {
      field: "desiredCount",
      message: `${busyWith} Without tasks nothing would say whether it works: scale to zero when it has ended.`,
    };
  if (environmentKind !== "production" || confirm === service) return undefined;
  return { field: "confirm", message: `Scaling production to zero stops ${service}. Type ${service} to confirm.` };
}

/** Longest reason that ECS keeps with a stopped task. */
const longestStopReason = 255;

/** What ECS shows as the reason of a task that a person stopped in the portal. */
export function stopReasonOf(name: string, reason: string): string {
  return `Stopped by ${name} in Quarterdeck${reason ? `: ${reason}` : ""}`.slice(0, longestStopReason);
}

type Posted = { id: string; version: string; createdAt: Date };
type Place = { environment: { position: number; kind: string }; release: Posted | null };

/** Order of posting; ids decide between releases of one transaction. */
const byPosting = (a: Posted, b: Posted) =>
  a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : Number(a.id > b.id));

/**
 * What a place lacks: releases that run in an environment before it and were posted later than what runs here, the
 * oldest first. A version is a label and never compared. Previews are nobody's predecessor.
 */
export function lackedReleases(here: Place, places: readonly Place[]): { id: string; version: string }[] {
  const { release } = here;
  if (!release || here.environment.kind === "preview") return [];
  const later = places.flatMap(({ environment, release: other }) => {
    const isBefore = environment.position < here.environment.position && environment.kind !== "preview";
    return isBefore && other && byPosting(other, release) > 0 ? [other] : [];
  });
  const byId = new Map(later.map((one) => [one.id, one]));
  return [...byId.values()].toSorted(byPosting).map(({ id, version }) => ({ id, version }));
}

/** A slug for an ECS service: its name without what only says in which environment it runs. */
export function proposeSlug(ecsService: string, environment: { slug: string; kind: string }): string {
  const plain = ecsService
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  const short: Record<string, string> = { production: "prod", staging: "stage", development: "dev" };
  const words = [environment.slug, environment.kind, short[environment.kind] ?? ""].filter((word) => word !== "");
  for (const word of words) {
    if (plain.endsWith(`-${word}`)) return plain.slice(0, -word.length - 1);
    if (plain.startsWith(`${word}-`)) return plain.slice(word.length + 1);
  }
  return plain || "service";
}

type Placed = { region: string; cluster: string; ecsService: string; taskDefinitionArn: string | null };

/** The command that restores what runs now, for when the portal is down. */
export function wayOut({ taskDefinitionArn, ...placed }: Placed): string {
  return taskDefinitionArn ? updateServiceCommand(placed, taskDefinitionArn) : restartCommand(placed);
}

type Standing = {
  health: Health;
  /** Status of the deployment under way there, and of the one that ended last. */
  active: string | null;
  latest: string | null;
  /** A secret of it changed or cannot be resolved. */
  hasSuspect: boolean;
};

/** How much a target needs somebody, 0 the most; null when it does not. What ended is old news once the next is under way. */
export function attentionRank({ health, active, latest, hasSuspect }: Standing): number | null {
  const ended = active === null ? latest : null;
  if (health === "failed" || ended === "failed" || ended === "rollback_failed") return 0;
  if (health === "degraded" || ended === "rolled_back" || hasSuspect) return 1;
  return active === null ? null : 2;
}
