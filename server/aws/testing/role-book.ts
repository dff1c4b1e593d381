import type { AssumableRole, RoleSource } from "../../environments/ports.ts";

/** Roles that a test says exist, by environment and account. */
export function roleBook(): RoleSource & {
  set(environmentId: string, role: { roleArn: string; externalId?: string; accountId?: string }): void;
  remove(environmentId: string): void;
} {
  const roles = new Map<string, AssumableRole & { accountId: string }>();
  return {
    set(environmentId, { roleArn, externalId, accountId }) {
      const role = { roleArn, externalId: externalId ?? null, sessionName: `quarterdeck-${environmentId}` };
      roles.set(environmentId, { ...role, accountId: accountId ?? roleArn.split(":")[4] ?? "" });
    },
    remove: (environmentId) => void roles.delete(environmentId),
    async roleFor({ environmentId, accountId }) {
      const found = roles.get(environmentId);
      return found?.accountId === accountId ? found : undefined;
    },
    roleIn: async (accountId) => [...roles.values()].find((one) => one.accountId === accountId),
  };
}
