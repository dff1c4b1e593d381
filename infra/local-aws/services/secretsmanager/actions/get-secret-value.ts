import type { GetSecretValueCommandInput, GetSecretValueCommandOutput } from "@aws-sdk/client-secrets-manager";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import { requireActive } from "../lookup.ts";
import { versionOf } from "../secrets.ts";
import type { Secrets } from "../secrets.ts";

/** The version of a stage or id, AWSCURRENT without either. */
export function getSecretValue(
  secrets: Secrets,
  input: GetSecretValueCommandInput,
  caller: Caller,
): Answer<GetSecretValueCommandOutput> {
  const secret = requireActive(secrets, caller, input.SecretId);
  const [id, version] = versionOf(secret, input.VersionStage, input.VersionId);
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: id,
    ...(version.string === undefined ? {} : { SecretString: version.string }),
    ...(version.binary === undefined ? {} : { SecretBinary: Buffer.from(version.binary, "base64") }),
    VersionStages: version.stages,
    CreatedDate: new Date(version.createdAt),
  };
}
