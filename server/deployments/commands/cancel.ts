import { command } from "../../core/command.ts";
import { assertCan } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { cancellable } from "../rules.ts";
import { deploymentDtoOf, findDeployment } from "../queries/one.ts";
import { cancelInput, type DeploymentStatus } from "../schema.ts";
import { lockPlace } from "./holders.ts";
import { requestUndo } from "./request.ts";

/** Calls a deployment off: one that waits never begins; before its rollout nothing has changed, afterwards what changed is undone. */
export const cancelDeployment = command({
  name: "cancelDeployment",
  permission: "deployments:write",
  input: cancelInput,
  async run(ctx, input) {
    const found = await findDeployment(ctx.tx, input.deployment);
    assertCan(ctx, "deployments:write", { service: found.service, environment: found.environment });
    await lockPlace(ctx.tx, found);
    const deployment = await findDeployment(ctx.tx, found.id);
    const allowed = cancellable(deployment.status as DeploymentStatus, false);
    if (allowed !== true)
      throw new AppError("conflict", allowed, { reason: "not_cancellable", deploymentStatus: deployment.status });
    await requestUndo(ctx, { deployment, request: "cancel", reason: input.reason, marksBad: false });
    return deployment.id;
  },
  answer: deploymentDtoOf,
});
