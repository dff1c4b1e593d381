import type { CreateSecretCommandInput, CreateSecretCommandOutput } from "@aws-sdk/client-secrets-manager";
import { AwsError } from "../../../contract.ts";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import { contentOf } from "../content.ts";
import type { Content } from "../content.ts";
import { invalidRequest } from "../errors.ts";
import { putVersion, versionIdOf } from "../put-version.ts";
import type { Secret, Secrets } from "../secrets.ts";

/** With a ClientRequestToken, the same again answers the secret that it made the first time. */
export function createSecret(
  secrets: Secrets,
  input: CreateSecretCommandInput,
  caller: Caller,
): Answer<CreateSecretCommandOutput> {
  const name = checkName(input.Name ?? "");
  const content = contentOf(input);
  const versionId = versionIdOf(input.ClientRequestToken);
  const known = secrets.list(caller).find((one) => one.name === name);
  if (known) {
    checkRepeat(known, versionId, content);
    caller.record?.("none", known.arn);
    return { ARN: known.arn, Name: name, VersionId: versionId };
  }
  const secret = secrets.create(caller, name);
  if (input.Description !== undefined) secret.description = input.Description;
  secret.tags = Object.fromEntries((input.Tags ?? []).map((tag) => [tag.Key ?? "", tag.Value ?? ""]));
  const hasContent = Object.keys(content).length > 0;
  if (hasContent) putVersion(secret, versionId, content, ["AWSCURRENT"]);
  secrets.touch();
  caller.record?.("changed", secret.arn);
  return { ARN: secret.arn, Name: name, ...(hasContent ? { VersionId: versionId } : {}) };
}

function checkName(name: string): string {
  if (/^[\w/+=.@-]{1,512}$/.test(name)) return name;
  throw new AwsError(
    "ValidationException",
    "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!",
  );
}

function checkRepeat({ name, deletesAt, versions }: Secret, versionId: string, content: Content): void {
  if (deletesAt !== undefined) {
    throw invalidRequest(
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    );
  }
  const version = versions[versionId];
  if (version && version.string === content.string && version.binary === content.binary) return;
  throw new AwsError("ResourceExistsException", `The operation failed because the secret ${name} already exists.`);
}
