import { command } from "../../core/command.ts";
import { assertCan } from "../../core/context.ts";
import { AppError, notFound } from "../../core/errors.ts";
import { underWayStatuses } from "../../deployments/schema.ts";
import { findEnvironment } from "../queries.ts";
import { roleDtosOf } from "../queries/roles.ts";
import { removeRoleInput } from "../schema.ts";

/** Takes a role away: from then on the portal acts there with its own credentials. Not while a deployment needs it. */
export const removeRole = command({
  name: "removeRole",
  permission: "environments:write",
  input: removeRoleInput,
  async run(ctx, { environment: reference, accountId, reason }) {
    const environment = await findEnvironment(ctx.tx, reference);
    assertCan(ctx, "environments:write", { environment });
    const key = { environmentId: environment.id, accountId };
    const before = await ctx.tx.awsRole.findUnique({ where: { environmentId_accountId: key } });
    if (!before) throw notFound("role in account", accountId);
    const active = await ctx.tx.deploymentTarget.findFirst({
      where: { status: { in: [...underWayStatuses] }, target: key },
      select: { deploymentId: true },
    });
    if (active) {
      const message = `A deployment in ${environment.slug} acts with this role now. Remove it when that has ended, or set another role.`;
      throw new AppError("conflict", message, { reason: "role_in_use", deployment: active.deploymentId });
    }
    await ctx.tx.awsRole.delete({ where: { environmentId_accountId: key } });
    ctx.record({
      action: "environment.remove_role",
      topic: "environments",
      subject: { kind: "environment", id: environment.id },
      environmentId: environment.id,
      reason,
      changes: { accountId, roleArn: before.roleArn },
    });
    return roleDtosOf(ctx.tx, environment);
  },
});
