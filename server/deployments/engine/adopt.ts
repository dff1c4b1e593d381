import { systemContext, type Ctx } from "../../core/context.ts";
import { newId } from "../../core/ids.ts";
import { appendRecords, type Recorded } from "../../core/record.ts";
import { traceCarrier } from "../../core/trace.ts";
import { inTransaction, type Db, type Tx } from "../../db/client.ts";
import type { Prisma } from "../../db/generated/client.ts";
import { enqueue } from "../../jobs/queue.ts";
import { lockPlace } from "../commands/holders.ts";
import { RuntimeFailure, shortArn, type Ports, type RegisteredTaskDefinition, type Rollout } from "../ports.ts";
import { imageDigests } from "../../releases/commands/image-digests.ts";
import { outsideRef } from "../../core/actor-names.ts";
import { stepNames } from "../schema.ts";
import { plannedSteps } from "../steps/index.ts";
import { releaseFound } from "./adopted-release.ts";
import { isFollowed } from "./followed.ts";

const targetInclude = { service: true, environment: true, release: true } satisfies Prisma.TargetInclude;
type TargetRow = Prisma.TargetGetPayload<{ include: typeof targetInclude }>;

type Found = {
  row: TargetRow;
  latestRun: string | null;
  brought: RegisteredTaskDefinition;
  /** Digests of its images, by container; those that no registry tells are left out. */
  digests: Map<string, string>;
  rollout: Rollout | undefined;
  before: RegisteredTaskDefinition | null;
};

/** The newest run on a target: one that came meanwhile makes what was seen old. */
async function latestRunOn(on: Db | Tx, targetId: string): Promise<string | null> {
  const run = await on.deploymentTarget.findFirst({
    where: { targetId },
    orderBy: { id: "desc" },
    select: { id: true },
  });
  return run?.id ?? null;
}

/** A task definition as it is now; null when ECS has forgotten it. */
async function definitionOf(ports: Ports, row: TargetRow, arn: string): Promise<RegisteredTaskDefinition | null> {
  try {
    return await ports.runtime.describeTaskDefinition(row, arn);
  } catch (error) {
    if (error instanceof RuntimeFailure && error.kind === "not_found") return null;
    throw error;
  }
}

/** What runs on the target and the portal did not bring there; undefined when all is as the portal knows it. */
async function look(db: Db, ports: Ports, targetId: string): Promise<Found | undefined> {
  const row = await db.target.findUnique({ where: { id: targetId }, include: targetInclude });
  // Nothing is known of it yet, so nothing can have been changed past the portal.
  if (!row?.taskDefinitionArn || (await isFollowed(db, targetId))) return undefined;
  const latestRun = await latestRunOn(db, targetId);
  const service = await ports.runtime.describeService(row);
  if (service.status !== "ACTIVE" || service.taskDefinitionArn === row.taskDefinitionArn) return undefined;
  const brought = await definitionOf(ports, row, service.taskDefinitionArn);
  if (!brought) return undefined;
  const rollout = await ports.runtime.findRollout(row, brought.arn);
  const digests = await imageDigests(ports, brought.definition, row.region);
  return { row, latestRun, brought, digests, rollout, before: await definitionOf(ports, row, row.taskDefinitionArn) };
}

function adoptedEntry(row: TargetRow, id: string, version: string, brought: RegisteredTaskDefinition): Recorded {
  const { service, environment } = row;
  return {
    action: "deployment.adopt",
    topic: "deployments",
    subject: { kind: "deployment", id },
    serviceId: service.id,
    environmentId: environment.id,
    changes: { version, taskDefinition: brought.arn },
    change: {
      kind: "deployment",
      title: `${service.slug} ${version} deployed to ${environment.slug} outside the portal`,
      targetIds: [row.id],
      facts: { version, from: row.release?.version ?? null },
      wantedBy: outsideRef,
      undo: { deploymentId: id },
    },
  };
}

/** Links what it displaced, so that its page leads to what came instead. */
async function linkDisplaced(tx: Tx, { id, latestRun }: { id: string; latestRun: string | null }): Promise<void> {
  if (latestRun === null) return;
  const run = await tx.deploymentTarget.findUnique({
    where: { id: latestRun },
    select: { status: true, deploymentId: true },
  });
  if (run?.status !== "superseded") return;
  await tx.deployment.updateMany({
    where: { id: run.deploymentId, supersededById: null },
    data: { supersededById: id },
  });
}

async function adopt(tx: Tx, ctx: Ctx, found: Found): Promise<string | undefined> {
  const { row, brought, rollout, before } = found;
  await lockPlace(tx, row);
  const now = await tx.target.findUniqueOrThrow({ where: { id: row.id } });
  const isOld = now.taskDefinitionArn !== row.taskDefinitionArn || (await latestRunOn(tx, row.id)) !== found.latestRun;
  if (isOld || (await isFollowed(tx, row.id))) return undefined;
  const release = await releaseFound(tx, ctx, { target: row, brought, digests: found.digests });
  const id = newId("deployment");
  const at = rollout?.createdAt ?? ctx.now();
  const family = shortArn(brought.arn);
  await tx.deployment.create({
    data: {
      id,
      serviceId: row.serviceId,
      environmentId: row.environmentId,
      releaseId: release.id,
      fromReleaseId: row.releaseId,
      fromConfigVersionId: row.configVersionId,
      kind: "deploy",
      source: "outside",
      status: "running",
      reason: `Found in ECS, which brings ${family}.`,
      createdBy: outsideRef,
      createdAt: at,
      startedAt: at,
      ...traceCarrier(),
    },
  });
  const runId = newId("deploymentTarget");
  const steps = plannedSteps.map((name) => ({
    name,
    position: stepNames.indexOf(name),
    status: name === "gates" ? "skipped" : name === "rollout" ? "running" : "waiting",
    ...(name === "gates" ? { reason: "It was started outside the portal." } : {}),
    ...(name === "rollout" ? { startedAt: ctx.now() } : {}),
  }));
  await tx.deploymentTarget.create({
    data: {
      id: runId,
      deploymentId: id,
      targetId: row.id,
      status: "running",
      step: "rollout",
      startTried: true,
      taskDefinition: brought.definition as Prisma.InputJsonObject,
      taskDefinitionArn: brought.arn,
      previousTaskDefinitionArn: row.taskDefinitionArn,
      rolloutArn: rollout?.arn ?? null,
      ...(before ? { previousTaskDefinition: before.definition as Prisma.InputJsonObject } : {}),
      steps: { create: steps },
    },
  });
  await linkDisplaced(tx, { id, latestRun: found.latestRun });
  await enqueue(tx, "deployment:advance", { id: runId }, { key: runId });
  await appendRecords(tx, ctx, [...release.recorded, adoptedEntry(row, id, release.version, brought)]);
  return id;
}

/**
 * Takes a deployment that was started outside the portal into it: from then on the engine follows it to its end, and
 * never undoes it by itself. What was seen is used only if nothing moved the target since. Answers its id, or undefined
 * when there is nothing to adopt. Throws `RuntimeFailure`.
 */
export async function adoptOutside(
  db: Db,
  ports: Ports,
  targetId: string,
  now: () => Date = () => new Date(),
): Promise<string | undefined> {
  const found = await look(db, ports, targetId);
  if (!found) return undefined;
  const ctx: Ctx = { ...systemContext(db, { kind: "job", id: "deployment:adopt" }), now, ports };
  return inTransaction(db, (tx) => adopt(tx, { ...ctx, db: tx }, found));
}
