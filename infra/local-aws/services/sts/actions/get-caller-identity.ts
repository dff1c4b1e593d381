import type { GetCallerIdentityCommandInput, GetCallerIdentityCommandOutput } from "@aws-sdk/client-sts";
import type { Caller, World } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";

/** The caller is always the root user of its account. */
export function getCallerIdentity(
  _world: World,
  _input: GetCallerIdentityCommandInput,
  { accountId }: Caller,
): Answer<GetCallerIdentityCommandOutput> {
  return { UserId: accountId, Account: accountId, Arn: `arn:aws:iam::${accountId}:root` };
}
