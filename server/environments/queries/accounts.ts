import { config } from "../../core/config.ts";
import { accountsOf, assertCan } from "../../core/context.ts";
import { log } from "../../core/log.ts";
import { query } from "../../core/query.ts";
import { RuntimeFailure } from "../../deployments/ports.ts";
import { findEnvironment } from "../queries.ts";
import { listAccountsInput, type AccountDto } from "../schema.ts";

/** Accounts in which an environment can be acted on: by its roles, and the one of the portal's own credentials. */
export const listAccounts = query({
  name: "listAccounts",
  permission: "environments:write",
  input: listAccountsInput,
  async run(ctx, { environment: reference }): Promise<AccountDto[]> {
    const environment = await findEnvironment(ctx.db, reference);
    assertCan(ctx, "environments:write", { environment });
    const roles = await ctx.db.awsRole.findMany({
      where: { environmentId: environment.id },
      orderBy: { accountId: "asc" },
    });
    const byRole = roles.map(({ accountId, roleArn }) => ({ accountId, roleArn, region: config().AWS_REGION }));
    const own = await accountsOf(ctx)
      .own(config().AWS_REGION)
      .catch((error: unknown) => {
        if (!(error instanceof RuntimeFailure)) throw error;
        log.warn({ reason: error.message }, "the portal's own account is not known");
        return undefined;
      });
    if (!own || byRole.some((one) => one.accountId === own.accountId)) return byRole;
    return [...byRole, { accountId: own.accountId, roleArn: null, region: config().AWS_REGION }];
  },
});
