import type { AssumeRoleCommandInput, AssumeRoleCommandOutput } from "@aws-sdk/client-sts";
import type { Caller, World } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import { invalid } from "../errors.ts";

const ROLE_ARN = /^arn:aws[\w-]*:iam::(\d{12}):role\/(?:[\w+=,.@/-]*\/)?([\w+=,.@-]+)$/;
const SHORTEST_SECONDS = 900;
const LONGEST_SECONDS = 43_200;

/** Any role of any account can be assumed; the access key id of the answer is the role's account. */
export function assumeRole(
  world: World,
  { RoleArn: roleArn, RoleSessionName: session = "", DurationSeconds: seconds = 3600 }: AssumeRoleCommandInput,
  caller: Caller,
): Answer<AssumeRoleCommandOutput> {
  const [, accountId, role] = ROLE_ARN.exec(roleArn ?? "") ?? [];
  if (!accountId || !role) throw invalid(`${roleArn ?? "RoleArn"} is invalid`);
  if (!/^[\w+=,.@-]{2,64}$/.test(session)) {
    throw invalid(
      `1 validation error detected: Value '${session}' at 'roleSessionName' failed to satisfy constraint: ` +
        "Member must satisfy regular expression pattern: [\\w+=,.@-]*",
    );
  }
  if (seconds < SHORTEST_SECONDS || seconds > LONGEST_SECONDS) {
    throw invalid(`The requested DurationSeconds must be between ${SHORTEST_SECONDS} and ${LONGEST_SECONDS}`);
  }
  const arn = `arn:aws:sts::${accountId}:assumed-role/${role}/${session}`;
  caller.record?.("none", arn);
  return {
    Credentials: {
      AccessKeyId: accountId,
      SecretAccessKey: "local",
      SessionToken: "local",
      Expiration: new Date(world.clock.now() + seconds * 1000),
    },
    AssumedRoleUser: { AssumedRoleId: `AROA${accountId}:${session}`, Arn: arn },
    PackedPolicySize: 0,
  };
}
