import { actorNames, type ActorName } from "../../core/actor-names.ts";
import type { Ctx } from "../../core/context.ts";
import { isoOrNull } from "../../core/dto.ts";
import { whyNot } from "../../core/permissions.ts";
import { together } from "../../db/client.ts";
import type { Environment, Release, Service, Target } from "../../db/generated/client.ts";
import { environmentRefOf } from "../../environments/queries.ts";
import { changedSecrets } from "../../variables/queries/changed-secrets.ts";
import {
  deployPermit,
  isScaledToZero,
  lackedReleases,
  restartPermit,
  rollbackPermit,
  scalePermit,
  wayOut,
} from "../rules.ts";
import type { Health, ListedTargetDto, TargetDto } from "../schema.ts";
import { recentDeployments, type RecentDeployment } from "./recent.ts";
import { lockRefOf, longestLock, openLocks, wordsOf, type LockRow } from "../../locks/queries/open.ts";
import { badVerdicts, targetsWithWayBack } from "./way-back.ts";

type Row = Target & { environment: Environment; release: Release | null };

type Known = {
  ctx: Ctx;
  service: Service;
  active: RecentDeployment | undefined;
  latest: RecentDeployment | undefined;
  current: RecentDeployment | undefined;
  nameOf: (ref: string) => ActorName;
  /** Another release is known to work there. */
  hasGood: boolean;
  lacks: TargetDto["lacks"];
  lock: LockRow | undefined;
  secrets: TargetDto["secrets"];
  siblings: number;
};

function asking(row: Row, { ctx, service, active, nameOf, lock }: Known) {
  return {
    actor: ctx.actor,
    now: ctx.now(),
    service,
    environment: row.environment,
    active: active ? { ...active, by: nameOf(active.createdBy).name } : null,
    locked: lock ? wordsOf(lock, nameOf) : null,
  };
}

function listedPermits(row: Row, known: Known): ListedTargetDto["can"] {
  const asked = asking(row, known);
  return {
    deploy: deployPermit(asked),
    rollback: rollbackPermit({ ...asked, hasGood: known.hasGood, hasRelease: row.releaseId !== null }),
  };
}

function permits(row: Row, known: Known): TargetDto["can"] {
  const { ctx, service } = known;
  const asked = asking(row, known);
  return {
    ...listedPermits(row, known),
    lock: whyNot(ctx.actor, "locks:write", { service, environment: row.environment }, ctx.now()),
    judge: whyNot(ctx.actor, "verdicts:write", { service, environment: row.environment }, ctx.now()),
    restart: restartPermit({ ...asked, isAtZero: isScaledToZero(row), hasRelease: row.releaseId !== null }),
    scale: scalePermit({ ...asked, autoscaled: row.autoscaled, ecsService: row.ecsService }),
    stopTask: whyNot(ctx.actor, "targets:operate", { service, environment: row.environment }, ctx.now()),
  };
}

function summary({ id, status, version, kind }: RecentDeployment) {
  return { id, status, version, kind };
}

function toListed(row: Row, known: Known): ListedTargetDto {
  const { id, wave, region, cluster, healthReason, desiredCount, runningCount, pendingCount } = row;
  const { active, latest, current } = known;
  return {
    id,
    wave,
    siblings: known.siblings,
    region,
    cluster,
    environment: environmentRefOf(row.environment),
    release: row.release && { id: row.release.id, version: row.release.version },
    releaseSince: isoOrNull(row.releaseSince),
    lacks: known.lacks,
    // Only the worker writes the column, from the same closed list.
    health: row.health as Health,
    healthReason,
    desiredCount,
    runningCount,
    pendingCount,
    observedAt: isoOrNull(row.observedAt),
    active: active ? { ...summary(active), step: active.step } : null,
    latest: latest ? { ...summary(latest), finishedAt: isoOrNull(latest.finishedAt) } : null,
    currentDeploymentId: current?.id ?? null,
    lock: known.lock ? lockRefOf(known.ctx, known.lock, known.nameOf) : null,
    secrets: known.secrets,
    can: listedPermits(row, known),
  };
}

function toDto(row: Row, known: Known): TargetDto {
  const { accountId, ecsService, url, taskDefinitionArn } = row;
  return {
    ...toListed(row, known),
    accountId,
    ecsService,
    url,
    taskDefinitionArn,
    can: permits(row, known),
    wayOut: wayOut(row),
  };
}

/** Targets of these services by service id, each in order of promotion, with what the actor may do to them. */
export const targetDtosOf = (ctx: Ctx, services: Service[]): Promise<Map<string, TargetDto[]>> =>
  dtosOf(ctx, services, toDto);

/** The same as lists show them. */
export const listedTargetsOf = (ctx: Ctx, services: Service[]): Promise<Map<string, ListedTargetDto[]>> =>
  dtosOf(ctx, services, toListed);

async function dtosOf<Dto>(
  ctx: Ctx,
  services: Service[],
  dtoOf: (row: Row, known: Known) => Dto,
): Promise<Map<string, Dto[]>> {
  const byId = new Map(services.map((service) => [service.id, service]));
  const rows = await ctx.db.target.findMany({
    where: { serviceId: { in: [...byId.keys()] } },
    include: { environment: true, release: true },
    orderBy: [{ environment: { position: "asc" } }, { environment: { slug: "asc" } }, { wave: "asc" }, { id: "asc" }],
  });
  const ids = rows.map((row) => row.id);
  const releaseIds = rows.flatMap((row) => row.releaseId ?? []);
  const [recent, wayBack, isBad, locks, secrets] = await together(ctx.db, [
    () => recentDeployments(ctx.db, ids),
    () => targetsWithWayBack(ctx.db, ids),
    () => badVerdicts(ctx.db, releaseIds),
    () => openLocks(ctx.db, ctx.now()),
    () => changedSecrets(ctx.db, rows),
  ]);
  const rowsOf = Map.groupBy(rows, (row) => row.serviceId);
  const nameOf = await actorNames(
    ctx.db,
    [...recent.active.values(), ...locks].map((one) => one.createdBy),
  );
  const dtos = new Map<string, Dto[]>();
  for (const row of rows) {
    const service = byId.get(row.serviceId);
    if (!service) continue;
    const ofService = rowsOf.get(row.serviceId) ?? [];
    const dto = dtoOf(row, {
      ctx,
      service,
      active: recent.active.get(row.id),
      latest: recent.latest.get(row.id),
      current: recent.current.get(row.id),
      nameOf,
      hasGood: wayBack.has(row.id),
      secrets: secrets.get(row.id) ?? [],
      lock: longestLock(locks, { ...row, targetIds: [row.id] }),
      siblings: ofService.filter((other) => other.environmentId === row.environmentId).length - 1,
      lacks: lackedReleases(row, ofService).filter(({ id }) => !isBad(id, row.environmentId)),
    });
    dtos.set(service.id, [...(dtos.get(service.id) ?? []), dto]);
  }
  return dtos;
}
