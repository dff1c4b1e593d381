import type { DescribeSecretCommandInput, DescribeSecretCommandOutput } from "@aws-sdk/client-secrets-manager";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import { renderSecret, stagesOf } from "../render.ts";
import type { Secrets } from "../secrets.ts";

/** Also of a secret that is scheduled for deletion. */
export function describeSecret(
  secrets: Secrets,
  input: DescribeSecretCommandInput,
  caller: Caller,
): Answer<DescribeSecretCommandOutput> {
  const secret = secrets.find(caller, input.SecretId);
  return { ...renderSecret(secret), RotationEnabled: false, VersionIdsToStages: stagesOf(secret) };
}
