import type { AssumeRoleCommandInput, AssumeRoleCommandOutput } from "@aws-sdk/client-sts";
import type { Caller, World } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import { invalid } from "../errors.ts";
import { assertTrusted, callerArn, openSession } from "../roles.ts";

const ROLE_ARN = /^arn:aws[\w-]*:iam::(\d{12}):role\/(?:[\w+=,.@/-]*\/)?([\w+=,.@-]+)$/;
const SHORTEST_SECONDS = 900;
const LONGEST_SECONDS = 43_200;

/** Any role can be assumed, except in accounts whose roles were described: there only those, with their external id. */
export function assumeRole(
  world: World,
  {
    RoleArn: roleArn,
    RoleSessionName: session = "",
    DurationSeconds: seconds = 3600,
    ExternalId: externalId,
  }: AssumeRoleCommandInput,
  caller: Caller,
): Answer<AssumeRoleCommandOutput> {
  const [, accountId, name] = ROLE_ARN.exec(roleArn ?? "") ?? [];
  if (!accountId || !name) throw invalid(`${roleArn ?? "RoleArn"} is invalid`);
  if (!/^[\w+=,.@-]{2,64}$/.test(session)) {
    throw invalid(
      `1 validation error detected: Value '${session}' at 'roleSessionName' failed to satisfy constraint: ` +
        "Member must satisfy regular expression pattern: [\\w+=,.@-]*",
    );
  }
  if (seconds < SHORTEST_SECONDS || seconds > LONGEST_SECONDS) {
    const bound =
      seconds < SHORTEST_SECONDS
        ? `greater than or equal to ${SHORTEST_SECONDS}`
        : `less than or equal to ${LONGEST_SECONDS}`;
    throw invalid(
      `1 validation error detected: Value '${seconds}' at 'durationSeconds' failed to satisfy constraint: Member must have value ${bound}`,
    );
  }
  // An ARN that matched is there.
  const role = roleArn as string;
  assertTrusted(world, { roleArn: role, externalId, caller: callerArn(world, caller) });
  const arn = `arn:aws:sts::${accountId}:assumed-role/${name}/${session}`;
  caller.record?.("none", arn);
  const expiresAt = world.clock.now() + seconds * 1000;
  return {
    Credentials: {
      AccessKeyId: openSession(world, { roleArn: role, arn, expiresAt }),
      SecretAccessKey: "local",
      SessionToken: "local",
      Expiration: new Date(expiresAt),
    },
    AssumedRoleUser: { AssumedRoleId: `AROA${accountId}:${session}`, Arn: arn },
    PackedPolicySize: 0,
  };
}
