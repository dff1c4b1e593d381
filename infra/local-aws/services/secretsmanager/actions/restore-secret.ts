import type { RestoreSecretCommandInput, RestoreSecretCommandOutput } from "@aws-sdk/client-secrets-manager";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import type { Secrets } from "../secrets.ts";

/** Takes back a scheduled deletion. */
export function restoreSecret(
  secrets: Secrets,
  input: RestoreSecretCommandInput,
  caller: Caller,
): Answer<RestoreSecretCommandOutput> {
  const secret = secrets.find(caller, input.SecretId);
  caller.record?.(secret.deletesAt === undefined ? "none" : "changed", secret.arn);
  delete secret.deletesAt;
  secrets.touch();
  return { ARN: secret.arn, Name: secret.name };
}
