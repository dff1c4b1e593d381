import { command, type CommandContext } from "../../core/command.ts";
import { assertCan } from "../../core/context.ts";
import { AppError, invalidField } from "../../core/errors.ts";
import { allows } from "../../core/permissions.ts";
import type { Environment, Release, Service } from "../../db/generated/client.ts";
import { findEnvironment } from "../../environments/queries.ts";
import { findService } from "../../services/queries.ts";
import { gates } from "../gates/index.ts";
import { deploymentDtoOf } from "../queries/one.ts";
import { createDeploymentInput } from "../schema.ts";
import { beginDeployment, targetsOf } from "./begin.ts";
import { chooseConfigVersion, chooseRelease } from "./choose-content.ts";

function parseOverrides(
  ctx: CommandContext,
  names: string[],
  reason: string,
  service: Service,
  environment: Environment,
) {
  if (names.length === 0) return [];
  assertCan(ctx, "gates:override", { service, environment });
  if (!reason.trim()) throw invalidField("reason", "A gate is overridden with a reason.");
  for (const name of names) {
    const gate = gates.find((one) => one.name === name);
    if (!gate) throw invalidField("overrides", `There is no gate "${name.slice(0, 60)}".`);
    if (!gate.overridable)
      throw invalidField("overrides", `The gate ${name} cannot be overridden: without it the rollout cannot work.`);
  }
  return names.map((gate) => ({ gate, reason }));
}

/** A release that was undone here by itself is kept from everyone without the right to judge releases. */
async function refuseHeld(
  ctx: CommandContext,
  release: Release,
  service: Service,
  environment: Environment,
): Promise<void> {
  const verdict = await ctx.tx.verdict.findUnique({
    where: { releaseId_environmentId: { releaseId: release.id, environmentId: environment.id } },
  });
  if (!verdict?.held || allows(ctx.actor, "verdicts:write", { service, environment }, ctx.now())) return;
  throw new AppError("forbidden", `${release.version} is held in ${environment.slug}: ${verdict.reason}`, {
    reason: "release_held",
  });
}

/**
 * Starts bringing a release to an environment. What happens when another deployment is under way is the caller's
 * choice; by default 409 names it. 409 also says who locked the place, why, and until when.
 */
export const createDeployment = command({
  name: "createDeployment",
  permission: "deployments:write",
  input: createDeploymentInput,
  async run(ctx, input) {
    const service = await findService(ctx.tx, input.service);
    const environment = await findEnvironment(ctx.tx, input.environment);
    assertCan(ctx, "deployments:write", { service, environment });
    const targets = await targetsOf(ctx, service, environment);
    const { release, kind } = await chooseRelease(ctx, { service, targets, version: input.version });
    const configVersionId = await chooseConfigVersion(ctx, { service, environment }, input.configVersion);
    if (kind === "config" && !configVersionId) {
      throw new AppError("precondition", "There are no variables to apply yet.", { reason: "no_config_version" });
    }
    const overrides = parseOverrides(ctx, input.overrides, input.reason, service, environment);
    await refuseHeld(ctx, release, service, environment);
    const { reason, onConflict } = input;
    const id = await beginDeployment(ctx, {
      kind,
      configVersionId,
      service,
      environment,
      targets,
      release,
      reason,
      overrides,
      onConflict,
    });
    return id;
  },
  answer: deploymentDtoOf,
});
