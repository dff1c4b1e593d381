import { assumeRole } from "./assume-role.ts";
import { getCallerIdentity } from "./get-caller-identity.ts";

/** Actions of STS by their AWS name; each is the file of that name. */
export const actions = {
  AssumeRole: assumeRole,
  GetCallerIdentity: getCallerIdentity,
};
