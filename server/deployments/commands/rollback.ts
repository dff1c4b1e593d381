import { command, type CommandContext } from "../../core/command.ts";
import { actorRef } from "../../core/actor.ts";
import { assertCan } from "../../core/context.ts";
import { AppError, invalidField } from "../../core/errors.ts";
import type { Release, Target } from "../../db/generated/client.ts";
import { findReleaseOf } from "../../releases/queries.ts";
import { saveVerdict } from "../engine/verdict.ts";
import { goodReleases } from "../queries/good-releases.ts";
import { deploymentDtoOf, findDeployment, type DeploymentRow } from "../queries/one.ts";
import { isActive, nothingToUndo } from "../rules.ts";
import { rollbackInput } from "../schema.ts";
import { beginDeployment, targetsOf } from "./begin.ts";
import { keptConfigVersion } from "./choose-content.ts";
import { lockOverride } from "../engine/begin-waiting.ts";
import { lockPlace } from "./holders.ts";
import { requestUndo } from "./request.ts";
import { undoVariables } from "./undo-variables.ts";

/** A page that is older than the truth must not undo the wrong thing. */
async function refuseStale(
  ctx: CommandContext,
  deployment: DeploymentRow,
  targets: Target[],
  expected: string | undefined,
) {
  const releaseId = targets[0]?.releaseId;
  const runs = releaseId ? await ctx.tx.release.findUnique({ where: { id: releaseId } }) : null;
  const active = isActive(deployment.status);
  // While it is under way both versions run.
  const current = active ? [deployment.release, deployment.fromRelease] : [runs];
  const isNamed = current.some((release) => release && (release.version === expected || release.id === expected));
  if (expected !== undefined && !isNamed) {
    const message = `${runs?.version ?? "Nothing known"} runs here now, not ${expected}.`;
    throw new AppError("conflict", message, { reason: "not_current", current: runs?.version ?? null });
  }
  if (active || targets.some((target) => target.releaseId === deployment.releaseId)) return;
  const message = `${deployment.release.version} does not run here any more${runs ? `: ${runs.version} does` : ""}.`;
  throw new AppError("conflict", message, { reason: "not_current", current: runs?.version ?? null });
}

async function chooseRelease(ctx: CommandContext, deployment: DeploymentRow, to: string | undefined): Promise<Release> {
  const good = await goodReleases(ctx.tx, deployment.serviceId, deployment.environmentId);
  const wanted = to === undefined ? undefined : await findReleaseOf(ctx.tx, deployment.service, to);
  const usable = good.filter((one) => one.release.id !== deployment.releaseId);
  const found = wanted ? good.find((one) => one.release.id === wanted.id) : usable[0];
  if (found) return found.release;
  const message = wanted
    ? `${wanted.version} is not known to work in ${deployment.environment.slug}. Deploy it instead.`
    : `No other release is known to work in ${deployment.environment.slug}.`;
  throw new AppError("conflict", message, { reason: wanted ? "not_known_good" : "no_rollback_target" });
}

/**
 * Undoes a deployment. Under way: it is undone in place (202, the same deployment). Afterwards: a new deployment
 * returns to a known good release (201).
 */
export const rollbackDeployment = command({
  name: "rollbackDeployment",
  permission: "deployments:write",
  input: rollbackInput,
  async run(ctx, input) {
    const found = await findDeployment(ctx.tx, input.deployment);
    const { service, environment } = found;
    assertCan(ctx, "deployments:write", { service, environment });
    await lockPlace(ctx.tx, found);
    const deployment = await findDeployment(ctx.tx, found.id);
    const targets = chosenTargets(await targetsOf(ctx, service, environment), input.targets);
    if (deployment.status === "queued") {
      throw new AppError("conflict", "It waits and has changed nothing: cancel it.", {
        reason: "not_begun",
        deployment: deployment.id,
      });
    }
    if (isActive(deployment.status)) {
      await refuseStale(ctx, deployment, targets, input.expectedCurrent);
      await refuseOtherRelease(ctx, deployment, input.to);
      const targetIds = input.targets && targets.map((target) => target.id);
      await requestUndo(ctx, {
        deployment,
        request: "rollback",
        reason: input.reason,
        marksBad: input.markBad,
        targetIds,
      });
      return { status: 202 as const, id: deployment.id };
    }
    if (deployment.kind === "restart") {
      throw new AppError("conflict", nothingToUndo, { reason: "nothing_to_undo", deployment: deployment.id });
    }
    if (deployment.kind === "config" && input.to === undefined) {
      const id = await undoVariables(ctx, { deployment, targets, reason: input.reason, onConflict: input.onConflict });
      return { status: 201 as const, id };
    }
    await refuseStale(ctx, deployment, targets, input.expectedCurrent);
    const release = await chooseRelease(ctx, deployment, input.to);
    if (input.markBad) await callBad(ctx, deployment, input.reason);
    const configVersionId = await keptConfigVersion(
      ctx,
      { service, environment },
      { targets, number: input.configVersion },
    );
    const { reason, onConflict } = input;
    const id = await beginDeployment(ctx, {
      kind: "rollback",
      configVersionId,
      service,
      environment,
      targets,
      release,
      reason,
      onConflict,
      rollbackOfId: deployment.id,
      overrides: lockOverrides(ctx, deployment, input),
    });
    return { status: 201 as const, id };
  },
  answer: async (ctx, { status, id }) => ({ status, body: await deploymentDtoOf(ctx, id) }),
});

/** The targets that are meant, each of which must be one of the place. */
function chosenTargets(targets: Target[], ids: string[] | undefined): Target[] {
  const strange = ids?.find((id) => targets.every((target) => target.id !== id));
  if (strange !== undefined) throw invalidField("targets", `The service has no target "${strange.slice(0, 80)}" here.`);
  return ids ? targets.filter((target) => ids.includes(target.id)) : targets;
}

/** A rollback passes a lock when whoever asks may override gates and says why. */
function lockOverrides(
  ctx: CommandContext,
  deployment: DeploymentRow,
  { overrideLock, reason }: { overrideLock: boolean; reason: string },
) {
  if (!overrideLock) return [];
  assertCan(ctx, "gates:override", { service: deployment.service, environment: deployment.environment });
  if (!reason.trim()) throw invalidField("reason", "Passing a lock needs a reason.");
  return [{ gate: lockOverride, reason }];
}

/** What is under way can only be undone: back to what ran before. */
async function refuseOtherRelease(
  ctx: CommandContext,
  deployment: DeploymentRow,
  to: string | undefined,
): Promise<void> {
  if (to === undefined) return;
  const wanted = await findReleaseOf(ctx.tx, deployment.service, to);
  if (wanted.id === deployment.fromReleaseId) return;
  const back = deployment.fromRelease ? `returns to ${deployment.fromRelease.version}` : "only undoes it";
  throw new AppError(
    "conflict",
    `While a deployment is under way, rolling back ${back}. Choose another release when it has ended.`,
    {
      reason: "in_flight",
    },
  );
}

async function callBad(ctx: CommandContext, deployment: DeploymentRow, reason: string): Promise<void> {
  const { releaseId, environmentId } = deployment;
  const word = reason || "A person rolled it back.";
  await saveVerdict(ctx.tx, {
    releaseId,
    environmentId,
    verdict: "bad",
    held: false,
    reason: word,
    by: actorRef(ctx.actor),
    at: ctx.now(),
  });
}
