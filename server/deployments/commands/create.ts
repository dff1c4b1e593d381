import { command, type CommandContext } from "../../core/command.ts";
import { assertCan } from "../../core/context.ts";
import { AppError, invalidField } from "../../core/errors.ts";
import { allows } from "../../core/permissions.ts";
import type { Environment, Release, Service } from "../../db/generated/client.ts";
import { findEnvironment } from "../../environments/queries.ts";
import { findReleaseOf } from "../../releases/queries.ts";
import { findService } from "../../services/queries.ts";
import { gates } from "../gates/index.ts";
import { deploymentDtoOf } from "../queries/one.ts";
import { createDeploymentInput } from "../schema.ts";
import { beginDeployment, targetsOf } from "./begin.ts";

function parseOverrides(ctx: CommandContext, names: string[], reason: string, service: Service, environment: Environment) {
  if (names.length === 0) return [];
  assertCan(ctx, "gates:override", { service, environment });
  if (!reason.trim()) throw invalidField("reason", "A gate is overridden with a reason.");
  for (const name of names) {
    const gate = gates.find((one) => one.name === name);
    if (!gate) throw invalidField("overrides", `There is no gate "${name.slice(0, 60)}".`);
    if (!gate.overridable) throw invalidField("overrides", `The gate ${name} cannot be overridden: without it the rollout cannot work.`);
  }
  return names.map((gate) => ({ gate, reason }));
}

/** A release that was undone here by itself is kept from everyone without the right to judge releases. */
async function refuseHeld(ctx: CommandContext, release: Release, service: Service, environment: Environment): Promise<void> {
  const verdict = await ctx.tx.verdict.findUnique({
    where: { releaseId_environmentId: { releaseId: release.id, environmentId: environment.id } },
  });
  if (!verdict?.held || allows(ctx.actor, "verdicts:write", { service, environment }, ctx.now())) return;
  throw new AppError("forbidden", `${release.version} is held in ${environment.slug}: ${verdict.reason}`, { reason: "release_held" });
}

/** Starts bringing a release to an environment. 409 names the deployment under way, if there is one. */
export const createDeployment = command({
  name: "createDeployment",
  permission: "deployments:write",
  input: createDeploymentInput,
  async run(ctx, input) {
    const service = await findService(ctx.tx, input.service);
    const environment = await findEnvironment(ctx.tx, input.environment);
    assertCan(ctx, "deployments:write", { service, environment });
    const release = await findReleaseOf(ctx.tx, service, input.version);
    const targets = await targetsOf(ctx, service, environment);
    const overrides = parseOverrides(ctx, input.overrides, input.reason, service, environment);
    await refuseHeld(ctx, release, service, environment);
    const id = await beginDeployment(ctx, { kind: "deploy", service, environment, targets, release, reason: input.reason, overrides });
    return deploymentDtoOf(ctx, id);
  },
});
