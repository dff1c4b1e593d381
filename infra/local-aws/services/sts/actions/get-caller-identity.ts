import type { GetCallerIdentityCommandInput, GetCallerIdentityCommandOutput } from "@aws-sdk/client-sts";
import type { Caller, World } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import { callerArn } from "../roles.ts";

/** The session of a role, or the root user of the account. */
export function getCallerIdentity(
  world: World,
  _input: GetCallerIdentityCommandInput,
  caller: Caller,
): Answer<GetCallerIdentityCommandOutput> {
  const arn = callerArn(world, caller);
  return { UserId: caller.accessKeyId, Account: caller.accountId, Arn: arn };
}
