import { actorRef } from "#server/core/actor.ts";
import { portsOf, type Ctx } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { appendRecords } from "#server/core/record.ts";
import { inTransaction, type Tx } from "#server/db/client.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import type { RegisteredTaskDefinition } from "#server/deployments/ports.ts";
import { stepNames } from "#server/deployments/schema.ts";
import { findReleaseOf } from "#server/releases/queries.ts";
import { firstVersion } from "./releases.ts";

const include = { service: true, environment: true } as const;
type TargetRow = Prisma.TargetGetPayload<{ include: typeof include }>;

const steps = ["gates", "rollout", "verify", "finish"] as const;
const reason = "QKart was created with this release.";

/** Gives each target the deployment that would have brought it there, as the engine leaves one behind that succeeded. */
export async function ensureDeployments(ctx: Ctx): Promise<void> {
  const targets = await ctx.db.target.findMany({
    include,
    orderBy: [{ environment: { position: "asc" } }, { id: "asc" }],
  });
  for (const target of targets) {
    if (target.releaseId) continue;
    const release = await findReleaseOf(ctx.db, target.service, firstVersion);
    const { runtime } = portsOf(ctx);
    const service = await runtime.describeService(target);
    const running = await runtime.describeTaskDefinition(target, service.taskDefinitionArn);
    await inTransaction(ctx.db, (tx) => saveDeployment(tx, ctx, { target, releaseId: release.id, running }));
  }
}

type Brought = { target: TargetRow; releaseId: string; running: RegisteredTaskDefinition };

async function saveDeployment(tx: Tx, ctx: Ctx, { target, releaseId, running }: Brought): Promise<void> {
  const { serviceId, environmentId } = target;
  const id = newId("deployment");
  const now = ctx.now();
  const times = { createdAt: now, startedAt: now, finishedAt: now };
  const by = actorRef(ctx.actor);
  await tx.deployment.create({
    data: { id, serviceId, environmentId, releaseId, status: "succeeded", reason, createdBy: by, ...times },
  });
  await tx.deploymentTarget.create({
    data: {
      id: newId("deploymentTarget"),
      deploymentId: id,
      targetId: target.id,
      wave: target.wave,
      status: "succeeded",
      step: "finish",
      // Plain data from the port, whose type does not say that it holds no functions.
      taskDefinition: running.definition as unknown as Prisma.InputJsonObject,
      taskDefinitionArn: running.arn,
      steps: {
        create: steps.map((name) => ({
          name,
          position: stepNames.indexOf(name),
          status: name === "gates" ? "skipped" : "done",
          reason: name === "gates" ? "Nothing ran here before." : reason,
          startedAt: now,
          finishedAt: now,
        })),
      },
    },
  });
  await tx.target.update({
    where: { id: target.id },
    data: { releaseId, releaseSince: now, taskDefinitionArn: running.arn },
  });
  const verdict = { verdict: "good", reason, held: false, at: now, by };
  const key = { releaseId, environmentId };
  await tx.verdict.upsert({ where: { releaseId_environmentId: key }, create: { ...key, ...verdict }, update: verdict });
  await appendRecords(tx, ctx, [
    {
      action: "deployment.end",
      topic: "deployments",
      subject: { kind: "deployment", id },
      serviceId,
      environmentId,
      reason,
      changes: { version: firstVersion, status: "succeeded" },
      change: {
        kind: "deployment",
        title: `${target.service.slug} ${firstVersion} deployed to ${target.environment.slug}`,
        targetIds: [target.id],
        facts: { version: firstVersion, from: null },
      },
    },
  ]);
}
