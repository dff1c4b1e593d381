import { command } from "../../core/command.ts";
import { assertCan } from "../../core/context.ts";
import { config, encryptionKeyring } from "../../core/config.ts";
import { encrypt, type Cell } from "../../core/encryption.ts";
import { AppError } from "../../core/errors.ts";
import { findEnvironment } from "../queries.ts";
import { roleDtosOf } from "../queries/roles.ts";
import { accountOf, externalIdCell } from "../rules.ts";
import { setRoleInput } from "../schema.ts";

function sealed(cell: Cell, externalId: string): string {
  if (config().ENCRYPTION_KEYS) return encrypt(encryptionKeyring(), cell, externalId);
  const message = "An external id is kept encrypted, and the portal has no ENCRYPTION_KEYS.";
  throw new AppError("precondition", message, { reason: "no_encryption_key" });
}

/**
 * Says which role the portal takes in the role's account for an environment. An external id is kept only while the
 * role stays the same: who points at another role must know what that one asks for.
 */
export const setRole = command({
  name: "setRole",
  permission: "environments:write",
  input: setRoleInput,
  async run(ctx, { environment: reference, roleArn, externalId: given, reason }) {
    const environment = await findEnvironment(ctx.tx, reference);
    assertCan(ctx, "environments:write", { environment });
    const key = { environmentId: environment.id, accountId: accountOf(roleArn) };
    const before = await ctx.tx.awsRole.findUnique({ where: { environmentId_accountId: key } });
    const isKept = given === undefined && before?.roleArn === roleArn;
    const kept = isKept ? before.externalId : null;
    const externalId = given ? sealed(externalIdCell(key), given) : kept;
    const written = { roleArn, externalId, updatedAt: ctx.now() };
    await ctx.tx.awsRole.upsert({
      where: { environmentId_accountId: key },
      create: { ...key, ...written },
      update: written,
    });
    const words = given ? "set" : externalId ? "kept" : "none";
    ctx.record({
      action: "environment.set_role",
      topic: "environments",
      subject: { kind: "environment", id: environment.id },
      environmentId: environment.id,
      reason,
      changes: {
        accountId: key.accountId,
        roleArn: { before: before?.roleArn ?? null, after: roleArn },
        externalId: words,
      },
    });
    return roleDtosOf(ctx.tx, environment);
  },
});
