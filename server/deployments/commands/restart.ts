import { command } from "../../core/command.ts";
import { assertCan } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { findTarget } from "../../services/queries/one-target.ts";
import { isScaledToZero, scaledToZero } from "../../services/rules.ts";
import { restartTargetInput } from "../../services/schema.ts";
import { deploymentDtoOf } from "../queries/one.ts";
import { beginDeployment, targetsOf } from "./begin.ts";
import { runningRelease } from "./choose-content.ts";
import { lockPlace } from "./holders.ts";

/**
 * Replaces the tasks of a target by fresh ones of the release and variables that run: a deployment like any other, which
 * judges no release. 409 names what is under way, or the lock.
 */
export const restartTarget = command({
  name: "restartTarget",
  permission: "targets:operate",
  input: restartTargetInput,
  async run(ctx, input) {
    const { service, environment, ...found } = await findTarget(ctx.tx, input);
    assertCan(ctx, "targets:operate", { service, environment });
    await lockPlace(ctx.tx, { serviceId: service.id, environmentId: environment.id });
    const all = await targetsOf(ctx, service, environment);
    const targets = input.all ? all : all.filter((target) => target.id === found.id);
    if (targets.every(isScaledToZero)) {
      throw new AppError("conflict", scaledToZero, { reason: "scaled_to_zero" });
    }
    const release = await runningRelease(ctx, service, targets);
    const configVersionId = targets[0]?.configVersionId ?? null;
    if (targets.some((target) => target.configVersionId !== configVersionId)) {
      const message = `The targets of ${service.slug} run with different variables here. Restart them one by one.`;
      throw new AppError("precondition", message, { reason: "different_variables" });
    }
    const { reason } = input;
    const id = await beginDeployment(ctx, {
      kind: "restart",
      service,
      environment,
      targets,
      release,
      configVersionId,
      reason,
    });
    return id;
  },
  answer: deploymentDtoOf,
});
