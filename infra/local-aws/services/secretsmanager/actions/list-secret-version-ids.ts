import type {
  ListSecretVersionIdsCommandInput,
  ListSecretVersionIdsCommandOutput,
} from "@aws-sdk/client-secrets-manager";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import { page } from "../paging.ts";
import type { Secrets } from "../secrets.ts";

/** Versions with a stage; deprecated ones only when asked for. */
export function listSecretVersionIds(
  secrets: Secrets,
  input: ListSecretVersionIdsCommandInput,
  caller: Caller,
): Answer<ListSecretVersionIdsCommandOutput> {
  const secret = secrets.find(caller, input.SecretId);
  const versions = Object.entries(secret.versions)
    .filter(([, version]) => input.IncludeDeprecated || version.stages.length > 0)
    .map(([VersionId, version]) => ({
      VersionId,
      VersionStages: version.stages,
      CreatedDate: new Date(version.createdAt),
    }));
  const { items, next } = page(versions, input);
  return { ARN: secret.arn, Name: secret.name, Versions: items, NextToken: next };
}
