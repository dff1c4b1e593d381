import { command, type CommandContext } from "../../core/command.ts";
import { actorRef } from "../../core/actor.ts";
import { assertCan } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import type { Release, Target } from "../../db/generated/client.ts";
import { findReleaseOf } from "../../releases/queries.ts";
import { saveVerdict } from "../engine/verdict.ts";
import { goodReleases } from "../queries/good-releases.ts";
import { deploymentDtoOf, findDeployment, type DeploymentRow } from "../queries/one.ts";
import { isActive } from "../rules.ts";
import { rollbackInput } from "../schema.ts";
import { beginDeployment, targetsOf } from "./begin.ts";
import { lockTargets, refuseWhenHeld } from "./holders.ts";
import { requestUndo } from "./request.ts";

/** A page that is older than the truth must not undo the wrong thing. */
async function refuseStale(ctx: CommandContext, deployment: DeploymentRow, targets: Target[], expected: string | undefined) {
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
    await lockTargets(ctx.tx, (await targetsOf(ctx, service, environment)).map((target) => target.id));
    const deployment = await findDeployment(ctx.tx, input.deployment);
    const targets = await targetsOf(ctx, service, environment);
    if (isActive(deployment.status)) {
      await refuseStale(ctx, deployment, targets, input.expectedCurrent);
      await refuseOtherRelease(ctx, deployment, input.to);
      await requestUndo(ctx, { deployment, request: "rollback", reason: input.reason, marksBad: input.markBad });
      return { status: 202 as const, body: await deploymentDtoOf(ctx, deployment.id) };
    }
    await refuseWhenHeld(ctx.tx, targets.map((target) => target.id));
    await refuseStale(ctx, deployment, targets, input.expectedCurrent);
    const release = await chooseRelease(ctx, deployment, input.to);
    if (input.markBad) await callBad(ctx, deployment, input.reason);
    const id = await beginDeployment(ctx, {
      kind: "rollback", service, environment, targets, release, reason: input.reason, rollbackOfId: deployment.id,
    });
    return { status: 201 as const, body: await deploymentDtoOf(ctx, id) };
  },
});

/** What is under way can only be undone: back to what ran before. */
async function refuseOtherRelease(ctx: CommandContext, deployment: DeploymentRow, to: string | undefined): Promise<void> {
  if (to === undefined) return;
  const wanted = await findReleaseOf(ctx.tx, deployment.service, to);
  if (wanted.id === deployment.fromReleaseId) return;
  const back = deployment.fromRelease ? `returns to ${deployment.fromRelease.version}` : "only undoes it";
  throw new AppError("conflict", `While a deployment is under way, rolling back ${back}. Choose another release when it has ended.`, {
    reason: "in_flight",
  });
}

async function callBad(ctx: CommandContext, deployment: DeploymentRow, reason: string): Promise<void> {
  const { releaseId, environmentId } = deployment;
  const word = reason || "A person rolled it back.";
  await saveVerdict(ctx.tx, { releaseId, environmentId, verdict: "bad", held: false, reason: word, by: actorRef(ctx.actor), at: ctx.now() });
}
