import type { Ctx } from "../../core/context.ts";
import { notFound } from "../../core/errors.ts";
import { whyNot } from "../../core/permissions.ts";
import { query } from "../../core/query.ts";
import { actorNames } from "../../core/actor-names.ts";
import type { Db, Tx } from "../../db/client.ts";
import type { Prisma } from "../../db/generated/client.ts";
import type { Cause } from "../advice.ts";
import { findHolder } from "../commands/holders.ts";
import { cancellable, isActive, nothingToUndo, rollable, variablesUndoable } from "../rules.ts";
import { getDeploymentInput, type DeploymentDto, type DeploymentStatus } from "../schema.ts";
import { goodReleases } from "./good-releases.ts";
import { waitsFor } from "./waits-for.ts";
import { nearbyChanges } from "./nearby.ts";
import { runDtosOf } from "./runs.ts";
import { summaryInclude, summaryOf } from "./summary.ts";
import { variablesBetween } from "./variables.ts";

const include = {
  ...summaryInclude,
  supersededBy: { include: { release: true } },
} as const satisfies Prisma.DeploymentInclude;

export type DeploymentRow = Prisma.DeploymentGetPayload<{ include: typeof include }>;

/** The deployment with this id; throws `not_found`. */
export async function findDeployment(on: Db | Tx, id: string): Promise<DeploymentRow> {
  const found = await on.deployment.findUnique({ where: { id }, include });
  if (!found) throw notFound("deployment", id);
  return found;
}

async function permits(ctx: Ctx, row: DeploymentRow): Promise<DeploymentDto["can"]> {
  const scope = { service: row.service, environment: row.environment };
  const allowed = whyNot(ctx.actor, "deployments:write", scope, ctx.now());
  if (allowed !== true) return { cancel: allowed, rollback: allowed, retry: allowed };
  const status = row.status as DeploymentStatus;
  const runs = await ctx.db.deploymentTarget.findMany({ where: { deploymentId: row.id }, include: { target: true } });
  const requested = runs.some((run) => run.request !== null);
  const holder = isActive(status)
    ? undefined
    : await findHolder(
        ctx.db,
        runs.map((run) => run.targetId),
      );
  const retry = isActive(status) ? "It has not ended." : true;
  if (row.kind === "config" && !isActive(status)) {
    const isCurrent = runs.some((run) => run.target.configVersionId === row.configVersionId);
    const undo = variablesUndoable({ isCurrent, hasEarlier: row.fromConfigVersionId !== null });
    return { cancel: cancellable(status, requested), rollback: holder?.words ?? undo, retry };
  }
  if (row.kind === "restart" && !isActive(status))
    return { cancel: cancellable(status, requested), rollback: nothingToUndo, retry };
  const good = await goodReleases(ctx.db, row.serviceId, row.environmentId);
  const rollback = rollable({
    status,
    requested,
    isCurrent: runs.some((run) => run.target.releaseId === row.releaseId),
    busyWith: holder?.words ?? null,
    hasGoodRelease: good.some(({ release }) => release.id !== row.releaseId),
  });
  return { cancel: cancellable(status, requested), rollback, retry };
}

/** The DTO of a deployment that is known to exist. */
export async function deploymentDtoOf(ctx: Ctx, id: string): Promise<DeploymentDto> {
  const row = await findDeployment(ctx.db, id);
  const nameOf = await actorNames(ctx.db, [row.createdBy]);
  return {
    ...summaryOf(row, nameOf),
    commit: row.release.commit,
    description: row.release.description,
    rollbackOf: row.rollbackOfId,
    variables: await variablesBetween(ctx.db, { fromId: row.fromConfigVersionId, toId: row.configVersionId }),
    waitsFor: await waitsFor(ctx, row),
    supersededBy: row.supersededBy && { id: row.supersededBy.id, version: row.supersededBy.release.version },
    cause: row.cause as Cause | null,
    targets: await runDtosOf(ctx.db, row.id),
    nearby: await nearbyChanges(ctx.db, row),
    can: await permits(ctx, row),
  };
}

/** One deployment with everything that its page shows. */
export const getDeployment = query({
  name: "getDeployment",
  permission: "all:read",
  input: getDeploymentInput,
  run: (ctx, input) => deploymentDtoOf(ctx, input.deployment),
});
