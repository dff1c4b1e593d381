import type { Db, Tx } from "../../db/client.ts";
import type { Prisma } from "../../db/generated/client.ts";
import type { Cause } from "../advice.ts";
import type { RenderedConfig } from "../../variables/queries/rendered.ts";
import type { TaskDefinition } from "../ports.ts";
import type { StepName } from "../schema.ts";
import type { PersonRequest, Run } from "../steps/step.ts";

const runInclude = {
  target: { include: { environment: true } },
  steps: { orderBy: { position: "asc" } },
  deployment: {
    include: {
      release: { include: { artefacts: true } },
      fromRelease: true,
      service: true,
      environment: true,
      configVersion: true,
      fromConfigVersion: true,
      _count: { select: { supersedes: true } },
    },
  },
} satisfies Prisma.DeploymentTargetInclude;

export type RunRow = Prisma.DeploymentTargetGetPayload<{ include: typeof runInclude }>;

/** A deployment on one target with all that the engine needs, or undefined when it is gone. */
export async function loadRun(db: Db | Tx, id: string): Promise<RunRow | undefined> {
  return (await db.deploymentTarget.findUnique({ where: { id }, include: runInclude })) ?? undefined;
}

/** Task definition that brought a release to a target when it last worked there, if one is kept. */
export async function lastGoodDefinition(
  db: Db | Tx,
  { targetId, releaseId }: { targetId: string; releaseId: string },
): Promise<TaskDefinition | null> {
  const last = await db.deploymentTarget.findFirst({
    where: { targetId, status: "succeeded", deployment: { releaseId } },
    orderBy: { id: "desc" },
    select: { taskDefinition: true },
  });
  return (last?.taskDefinition ?? null) as TaskDefinition | null;
}

/** What a rollback registers again; null for a deployment, which is made from what runs. */
export async function storedTaskDefinition(
  db: Db | Tx,
  { deployment, targetId }: RunRow,
): Promise<TaskDefinition | null> {
  return deployment.kind === "rollback" ? lastGoodDefinition(db, { targetId, releaseId: deployment.releaseId }) : null;
}

/** The row in the engine's own words. */
export function toRun(row: RunRow, stored: TaskDefinition | null, config: RenderedConfig | null): Run {
  const { deployment, target } = row;
  const step = row.steps.find((one) => one.name === row.step);
  return {
    id: row.id,
    deploymentId: row.deploymentId,
    kind: deployment.kind as Run["kind"],
    status: row.status as Run["status"],
    step: row.step as StepName,
    placement: {
      environmentId: target.environmentId,
      accountId: target.accountId,
      region: target.region,
      cluster: target.cluster,
      ecsService: target.ecsService,
    },
    stepStartedAt: step?.startedAt ?? deployment.createdAt,
    artefacts: deployment.release.artefacts.map(({ container, image, tag, digest }) => ({
      container,
      // What was adopted without a digest goes by its tag.
      image: digest || !tag ? image : `${image}:${tag}`,
      digest,
    })),
    version: deployment.release.version,
    storedTaskDefinition: stored,
    config,
    overrides: deployment.overrides as { gate: string; reason: string }[],
    taskDefinition: row.taskDefinition as TaskDefinition | null,
    taskDefinitionArn: row.taskDefinitionArn,
    rolloutArn: row.rolloutArn,
    startTried: row.startTried,
    knownTaskDefinitionArn: target.taskDefinitionArn,
    tookPlace: deployment._count.supersedes > 0,
    alarmsAtStart: row.alarmsAtStart,
    previousTaskDefinition: row.previousTaskDefinition as TaskDefinition | null,
    previousTaskDefinitionArn: row.previousTaskDefinitionArn,
    rollbackTaskDefinitionArn: row.rollbackTaskDefinitionArn,
    rollbackRolloutArn: row.rollbackRolloutArn,
    isOutside: deployment.source === "outside",
    request: row.request as PersonRequest | null,
    cause: row.cause as Cause | null,
  };
}
