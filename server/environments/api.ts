import { z } from "zod";
import { operation } from "../api/procedure.ts";
import { removeRole } from "./commands/remove-role.ts";
import { setRole } from "./commands/set-role.ts";
import { getEnvironment, listEnvironments } from "./queries.ts";
import { listAccounts } from "./queries/accounts.ts";
import { listRoles } from "./queries/roles.ts";
import { accountDto, environmentDto, roleDto } from "./schema.ts";
import { createEnvironment } from "./service.ts";

const tag = "environments";

export const environmentsRouter = {
  list: operation(
    listEnvironments,
    { method: "GET", path: "/environments", summary: "Environments in order of promotion", tag },
    z.array(environmentDto),
  ),
  get: operation(
    getEnvironment,
    { method: "GET", path: "/environments/{environment}", summary: "One environment", tag },
    environmentDto,
  ),
  create: operation(
    createEnvironment,
    { method: "POST", path: "/environments", summary: "Add an environment", tag, status: 201 },
    environmentDto,
  ),
  accounts: operation(
    listAccounts,
    {
      method: "GET",
      path: "/environments/{environment}/accounts",
      summary: "Accounts that an environment can be acted on in",
      tag,
    },
    z.array(accountDto),
  ),
  roles: operation(
    listRoles,
    {
      method: "GET",
      path: "/environments/{environment}/roles",
      summary: "Roles that the portal takes, by account",
      tag,
    },
    z.array(roleDto),
  ),
  setRole: operation(
    setRole,
    {
      method: "PUT",
      path: "/environments/{environment}/roles",
      summary: "Say which role the portal takes in an account",
      tag,
    },
    z.array(roleDto),
  ),
  removeRole: operation(
    removeRole,
    {
      method: "DELETE",
      path: "/environments/{environment}/roles/{accountId}",
      summary: "Act with the portal's own credentials again",
      tag,
    },
    z.array(roleDto),
  ),
};
