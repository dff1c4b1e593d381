import { actorRef } from "../../core/actor.ts";
import type { CommandContext } from "../../core/command.ts";
import { AppError } from "../../core/errors.ts";
import { newId } from "../../core/ids.ts";
import type { Environment, Release, Service, Target } from "../../db/generated/client.ts";
import { enqueue } from "../../jobs/queue.ts";
import { stepNames } from "../schema.ts";
import { plannedSteps } from "../steps/index.ts";
import { lockTargets, refuseWhenHeld } from "./holders.ts";

export type NewDeployment = {
  kind: "deploy" | "rollback";
  service: Service;
  environment: Environment;
  targets: Target[];
  release: Release;
  reason: string;
  rollbackOfId?: string;
  overrides?: { gate: string; reason: string }[];
};

/** Targets of a service in an environment; throws `invalid` when there are none. */
export async function targetsOf(ctx: CommandContext, service: Service, environment: Environment): Promise<Target[]> {
  const targets = await ctx.tx.target.findMany({
    where: { serviceId: service.id, environmentId: environment.id },
    orderBy: [{ wave: "asc" }, { id: "asc" }],
  });
  if (targets.length > 0) return targets;
  const message = `${service.slug} has no target in ${environment.slug}.`;
  throw new AppError("invalid", message, { reason: "no_target", fields: { environment: message } });
}

/** Creates a deployment with its runs and steps, and the jobs that drive them. One at a time per target. */
export async function beginDeployment(ctx: CommandContext, input: NewDeployment): Promise<string> {
  const { tx } = ctx;
  const { service, environment, targets, release } = input;
  await lockTargets(tx, targets.map((target) => target.id));
  await refuseWhenHeld(tx, targets.map((target) => target.id));
  const id = newId("deployment");
  const now = ctx.now();
  const current = await tx.target.findMany({ where: { id: { in: targets.map((target) => target.id) } }, orderBy: { wave: "asc" } });
  await tx.deployment.create({
    data: {
      id,
      serviceId: service.id,
      environmentId: environment.id,
      releaseId: release.id,
      fromReleaseId: current[0]?.releaseId ?? null,
      kind: input.kind,
      rollbackOfId: input.rollbackOfId ?? null,
      status: "running",
      reason: input.reason,
      overrides: input.overrides ?? [],
      createdBy: actorRef(ctx.actor),
      createdAt: now,
      startedAt: now,
    },
  });
  for (const target of targets) {
    const runId = newId("deploymentTarget");
    const steps = plannedSteps.map((name, index) => ({
      name,
      position: stepNames.indexOf(name),
      status: index === 0 ? "running" : "waiting",
      startedAt: index === 0 ? now : null,
    }));
    await tx.deploymentTarget.create({
      data: { id: runId, deploymentId: id, targetId: target.id, wave: target.wave, steps: { create: steps } },
    });
    await enqueue(tx, "deployment:advance", { id: runId }, { key: runId });
  }
  ctx.record({
    action: input.kind === "rollback" ? "deployment.rollback" : "deployment.create",
    topic: "deployments",
    subject: { kind: "deployment", id },
    serviceId: service.id,
    environmentId: environment.id,
    reason: input.reason,
    changes: { version: release.version, overrides: (input.overrides ?? []).map((override) => override.gate) },
  });
  return id;
}
