import { actorNames } from "../../core/actor-names.ts";
import { actorRef } from "../../core/actor.ts";
import type { CommandContext } from "../../core/command.ts";
import { AppError } from "../../core/errors.ts";
import { newId } from "../../core/ids.ts";
import { traceCarrier } from "../../core/trace.ts";
import type { Environment, Release, Service, Target } from "../../db/generated/client.ts";
import { passesLock } from "../engine/begin-waiting.ts";
import { startRuns } from "../engine/start-runs.ts";
import { endSuperseded, linkSuperseded, type WayBack } from "../engine/supersede.ts";
import { stepNames, type DeploymentKind, type OnConflict } from "../schema.ts";
import { plannedSteps } from "../steps/index.ts";
import { firstWave } from "../waves.ts";
import { lockPlace } from "./holders.ts";
import { courseOf, type Course } from "./meet.ts";

export type NewDeployment = {
  kind: DeploymentKind;
  service: Service;
  environment: Environment;
  targets: Target[];
  release: Release;
  /** Variables that go with it; null for those of the task definition. */
  configVersionId: string | null;
  reason: string;
  rollbackOfId?: string;
  overrides?: { gate: string; reason: string }[];
  /** What to do when another deployment is under way; by default it is refused. */
  onConflict?: OnConflict;
};

/** What the audit log calls the beginning of each kind. */
const recordedAs: Partial<Record<DeploymentKind, string>> = {
  rollback: "deployment.rollback",
  restart: "deployment.restart",
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

/** A run per target with its steps, none of them begun. */
async function createRuns(ctx: CommandContext, deploymentId: string, { targets, kind }: NewDeployment, back: WayBack) {
  const runs: { id: string; wave: number }[] = [];
  for (const target of targets) {
    const steps = plannedSteps.map((name) => ({ name, position: stepNames.indexOf(name), status: "waiting" }));
    // What is undone is undone everywhere at once: waves are for what may turn out to be bad.
    const run = { id: newId("deploymentTarget"), wave: kind === "rollback" ? 1 : target.wave };
    const inherited = back.get(target.id);
    await ctx.tx.deploymentTarget.create({
      data: {
        ...run,
        deploymentId,
        targetId: target.id,
        status: "queued",
        steps: { create: steps },
        ...(inherited ?? {}),
      },
    });
    runs.push(run);
  }
  return runs;
}

/** What ran before: of what is displaced half way, that is what it came from. */
async function cameFrom(ctx: CommandContext, { targets }: NewDeployment, course: Course, back: WayBack) {
  const halfWay = course.displaced.find((row) => row.targets.some((run) => back.has(run.targetId)));
  if (halfWay) {
    const { fromReleaseId, fromConfigVersionId } = halfWay;
    return { fromReleaseId, fromConfigVersionId };
  }
  const current = await ctx.tx.target.findUniqueOrThrow({ where: { id: targets[0]?.id ?? "" } });
  return { fromReleaseId: current.releaseId, fromConfigVersionId: current.configVersionId };
}

/**
 * Creates a deployment with its runs and steps. It begins at once, or waits, or is refused, as `onConflict` says and
 * what is under way allows. One at a time per target.
 */
export async function beginDeployment(ctx: CommandContext, input: NewDeployment): Promise<string> {
  const { tx } = ctx;
  const { service, environment, targets, release, overrides = [], onConflict = "reject" } = input;
  const place = { serviceId: service.id, environmentId: environment.id };
  await lockPlace(tx, place);
  const targetIds = targets.map((target) => target.id);
  const asked = { service, environment, targetIds, onConflict, reason: input.reason };
  const course = await courseOf(ctx, { ...asked, passesLock: passesLock(overrides) });
  const back = await endSuperseded(tx, ctx, course.displaced);
  const begins = course.do === "begin";
  const now = ctx.now();
  const id = newId("deployment");
  await tx.deployment.create({
    data: {
      id,
      ...place,
      releaseId: release.id,
      kind: input.kind,
      overrides,
      onConflict,
      reason: input.reason,
      ...(await cameFrom(ctx, input, course, back)),
      configVersionId: input.configVersionId,
      rollbackOfId: input.rollbackOfId ?? null,
      status: begins ? "running" : "queued",
      ...traceCarrier(),
      createdBy: actorRef(ctx.actor),
      createdAt: now,
      startedAt: begins ? now : null,
    },
  });
  const runs = await createRuns(ctx, id, input, back);
  if (begins) await startRuns(tx, firstWave(runs), now);
  const name = (await actorNames(tx, [actorRef(ctx.actor)]))(actorRef(ctx.actor)).name;
  for (const entry of await linkSuperseded(tx, course.displaced, { id, version: release.version, name }))
    ctx.record(entry);
  ctx.record({
    action: recordedAs[input.kind] ?? "deployment.create",
    topic: "deployments",
    subject: { kind: "deployment", id },
    ...place,
    reason: input.reason,
    changes: {
      version: release.version,
      overrides: overrides.map((override) => override.gate),
      onConflict,
      waits: !begins,
      superseded: course.displaced.map((row) => row.id),
    },
  });
  return id;
}
