import type { AssumeRoleRequest } from "@aws-sdk/client-sts";
import { AwsError } from "../../contract.ts";
import type { Caller, ServiceDefinition, World } from "../../contract.ts";

const ROLE_ARN = /^arn:aws[\w-]*:iam::(\d{12}):role\/(?:[\w+=,.@/-]*\/)?([\w+=,.@-]+)$/;
const SHORTEST_SECONDS = 900;
const LONGEST_SECONDS = 43_200;

function getCallerIdentity(_world: World, _input: object, caller: Caller) {
  return {
    UserId: caller.accountId,
    Account: caller.accountId,
    Arn: `arn:aws:iam::${caller.accountId}:root`,
  };
}

/** Any role of any account can be assumed; the access key id of the answer is the role's account. */
function assumeRole(world: World, input: AssumeRoleRequest, caller: Caller) {
  const [, accountId, role] = ROLE_ARN.exec(input.RoleArn ?? "") ?? [];
  if (!accountId || !role) throw new AwsError("ValidationError", `${input.RoleArn ?? "RoleArn"} is invalid`);
  const session = input.RoleSessionName ?? "";
  if (!/^[\w+=,.@-]{2,64}$/.test(session)) {
    throw new AwsError(
      "ValidationError",
      `1 validation error detected: Value '${session}' at 'roleSessionName' failed to satisfy constraint: ` +
        "Member must satisfy regular expression pattern: [\\w+=,.@-]*",
    );
  }
  const seconds = input.DurationSeconds ?? 3600;
  if (seconds < SHORTEST_SECONDS || seconds > LONGEST_SECONDS) {
    throw new AwsError(
      "ValidationError",
      `The requested DurationSeconds must be between ${SHORTEST_SECONDS} and ${LONGEST_SECONDS}`,
    );
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

export const service: ServiceDefinition = {
  name: "sts",
  protocol: "query",
  target: "2011-06-15",
  actions: { GetCallerIdentity: getCallerIdentity, AssumeRole: assumeRole },
};
