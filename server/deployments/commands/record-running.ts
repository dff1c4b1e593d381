import { outsideRef } from "../../core/actor-names.ts";
import type { CommandContext } from "../../core/command.ts";
import { newId } from "../../core/ids.ts";
import type { Environment, Service } from "../../db/generated/client.ts";
import type { Prisma } from "../../db/generated/client.ts";
import { releaseFound } from "../engine/adopted-release.ts";
import type { RegisteredTaskDefinition } from "../ports.ts";
import { stepNames } from "../schema.ts";
import { plannedSteps } from "../steps/index.ts";

type Running = {
  target: { id: string; wave: number };
  service: Pick<Service, "id" | "slug">;
  environment: Pick<Environment, "id" | "slug">;
  running: RegisteredTaskDefinition;
  digests: Map<string, string>;
  /** All tasks that should run do: the release is known to work there. */
  isSteady: boolean;
};

const reason = "It ran when the service was imported.";

/**
 * Takes what runs on a new target for a deployment that succeeded outside the portal: its release is adopted, and the
 * task definition kept, so that one may return to it. Answers the release.
 */
export async function recordRunning(ctx: CommandContext, found: Running): Promise<{ id: string; version: string }> {
  const { target, service, environment, running, digests, isSteady } = found;
  const place = { serviceId: service.id, environmentId: environment.id };
  const about = { target: { id: target.id, serviceId: service.id }, brought: running, digests };
  const release = await releaseFound(ctx.tx, ctx, about);
  for (const entry of release.recorded) ctx.record(entry);
  const now = ctx.now();
  const times = { startedAt: now, finishedAt: now };
  const id = newId("deployment");
  await ctx.tx.deployment.create({
    data: {
      id,
      ...place,
      releaseId: release.id,
      source: "outside",
      status: "succeeded",
      reason,
      createdBy: outsideRef,
      createdAt: now,
      ...times,
    },
  });
  await ctx.tx.deploymentTarget.create({
    data: {
      id: newId("deploymentTarget"),
      deploymentId: id,
      targetId: target.id,
      wave: target.wave,
      status: "succeeded",
      step: "finish",
      taskDefinitionArn: running.arn,
      // Plain data from the port, whose type does not say that it holds no functions.
      taskDefinition: running.definition as unknown as Prisma.InputJsonObject,
      steps: {
        create: plannedSteps.map((name) => ({
          name,
          position: stepNames.indexOf(name),
          reason,
          ...times,
          status: name === "gates" ? "skipped" : "done",
        })),
      },
    },
  });
  await ctx.tx.target.update({
    where: { id: target.id },
    data: { releaseId: release.id, releaseSince: now, taskDefinitionArn: running.arn },
  });
  if (isSteady) {
    const verdict = { verdict: "good", reason, held: false, at: now, by: outsideRef };
    const key = { releaseId: release.id, environmentId: environment.id };
    // What was judged before keeps its verdict: that it runs here does not make a bad release good.
    await ctx.tx.verdict.upsert({
      where: { releaseId_environmentId: key },
      create: { ...key, ...verdict },
      update: {},
    });
  }
  ctx.record({
    action: "deployment.adopt",
    topic: "deployments",
    subject: { kind: "deployment", id },
    ...place,
    changes: { version: release.version, taskDefinition: running.arn },
    change: {
      kind: "deployment",
      title: `${service.slug} ${release.version} found running in ${environment.slug}`,
      targetIds: [target.id],
      facts: { version: release.version, from: null },
      wantedBy: outsideRef,
    },
  });
  return { id: release.id, version: release.version };
}
