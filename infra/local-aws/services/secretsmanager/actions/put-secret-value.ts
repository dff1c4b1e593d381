import type { PutSecretValueCommandInput, PutSecretValueCommandOutput } from "@aws-sdk/client-secrets-manager";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import { contentOf } from "../content.ts";
import { invalidRequest } from "../errors.ts";
import { requireActive } from "../lookup.ts";
import { putVersion, versionIdOf } from "../put-version.ts";
import type { Secrets } from "../secrets.ts";

/** A new version, which becomes AWSCURRENT unless `VersionStages` says otherwise. */
export function putSecretValue(
  secrets: Secrets,
  input: PutSecretValueCommandInput,
  caller: Caller,
): Answer<PutSecretValueCommandOutput> {
  const secret = requireActive(secrets, caller, input.SecretId);
  const content = contentOf(input);
  if (Object.keys(content).length === 0) throw invalidRequest("You must provide either SecretString or SecretBinary.");
  const versionId = versionIdOf(input.ClientRequestToken);
  const isNew = putVersion(secret, versionId, content, input.VersionStages ?? ["AWSCURRENT"]);
  secrets.touch();
  caller.record?.(isNew ? "changed" : "none", secret.arn);
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: versionId,
    VersionStages: secret.versions[versionId]?.stages ?? [],
  };
}
