import { randomUUID } from "node:crypto";
import type {
  CreateSecretRequest,
  DeleteSecretRequest,
  DescribeSecretRequest,
  GetSecretValueRequest,
  ListSecretsRequest,
  ListSecretVersionIdsRequest,
  PutSecretValueRequest,
  RestoreSecretRequest,
} from "@aws-sdk/client-secrets-manager";
import { AwsError } from "../../contract.ts";
import type { Caller, ServiceDefinition } from "../../contract.ts";
import { bind } from "../bind.ts";
import { pageOf } from "../page.ts";
import { moveStages, versionOf } from "./secrets.ts";
import type { Secret, Secrets } from "./secrets.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const DEFAULT_RECOVERY_DAYS = 30;

const invalidRequest = (message: string) => new AwsError("InvalidRequestException", message);
const invalidParameter = (message: string) => new AwsError("InvalidParameterException", message);

type Content = { SecretString?: string | undefined; SecretBinary?: Uint8Array | undefined };

function contentOf({ SecretString: string, SecretBinary: binary }: Content): { string?: string; binary?: string } {
  if (string !== undefined && binary !== undefined)
    throw invalidParameter(
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    );
  if (binary !== undefined) return { binary: Buffer.from(binary).toString("base64") };
  if (string !== undefined && Buffer.byteLength(string) > 65_536)
    throw invalidParameter("The secret value must have at most 65536 bytes.");
  return string === undefined ? {} : { string };
}

function active(secrets: Secrets, caller: Caller, id: string | undefined): Secret {
  const secret = secrets.find(caller, id);
  if (secret.deletesAt === undefined) return secret;
  throw invalidRequest("You can't perform this operation on the secret because it was marked for deletion.");
}

/** With a ClientRequestToken that was used before, the same content is no change and other content is refused. */
function putVersion(
  secret: Secret,
  token: string,
  content: { string?: string; binary?: string },
  stages: string[],
): boolean {
  const known = Object.hasOwn(secret.versions, token) ? secret.versions[token] : undefined;
  if (known) {
    if (known.string === content.string && known.binary === content.binary) return false;
    throw new AwsError(
      "ResourceExistsException",
      "You can't use ClientRequestToken because that value is already in use for a version of secret " +
        secret.arn +
        ".",
    );
  }
  secret.versions[token] = { createdAt: Date.now(), stages: [], ...content };
  secret.changedAt = Date.now();
  moveStages(secret, token, stages);
  return true;
}

function createSecret(secrets: Secrets, input: CreateSecretRequest, caller: Caller) {
  const name = input.Name ?? "";
  if (!/^[\w/+=.@-]{1,512}$/.test(name)) {
    throw new AwsError(
      "ValidationException",
      "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!",
    );
  }
  const content = contentOf(input);
  const hasContent = Object.keys(content).length > 0;
  const versionId = checkToken(input.ClientRequestToken);
  const known = secrets.list(caller).find((one) => one.name === name);
  if (known?.deletesAt !== undefined)
    throw invalidRequest(
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    );
  if (known) {
    const version = known.versions[versionId];
    if (version?.string !== content.string || version?.binary !== content.binary || !version) {
      throw new AwsError("ResourceExistsException", `The operation failed because the secret ${name} already exists.`);
    }
    caller.record?.("none", known.arn);
    return { ARN: known.arn, Name: name, VersionId: versionId };
  }
  const secret = secrets.create(caller, name);
  if (input.Description !== undefined) secret.description = input.Description;
  secret.tags = Object.fromEntries((input.Tags ?? []).map((tag) => [tag.Key ?? "", tag.Value ?? ""]));
  if (hasContent) putVersion(secret, versionId, content, ["AWSCURRENT"]);
  secrets.touch();
  caller.record?.("changed", secret.arn);
  return { ARN: secret.arn, Name: name, ...(hasContent ? { VersionId: versionId } : {}) };
}

function checkToken(token: string | undefined): string {
  if (token === undefined) return randomUUID();
  if (/^[\w-]{32,64}$/.test(token)) return token;
  throw invalidParameter("ClientRequestToken must be 32-64 characters long.");
}

function putSecretValue(secrets: Secrets, input: PutSecretValueRequest, caller: Caller) {
  const secret = active(secrets, caller, input.SecretId);
  const content = contentOf(input);
  if (Object.keys(content).length === 0) throw invalidRequest("You must provide either SecretString or SecretBinary.");
  const versionId = checkToken(input.ClientRequestToken);
  const changed = putVersion(secret, versionId, content, input.VersionStages ?? ["AWSCURRENT"]);
  secrets.touch();
  caller.record?.(changed ? "changed" : "none", secret.arn);
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: versionId,
    VersionStages: secret.versions[versionId]?.stages ?? [],
  };
}

function getSecretValue(secrets: Secrets, input: GetSecretValueRequest, caller: Caller) {
  const secret = active(secrets, caller, input.SecretId);
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

function stagesOf(secret: Secret): Record<string, string[]> {
  const staged = Object.entries(secret.versions).filter(([, version]) => version.stages.length > 0);
  return Object.fromEntries(staged.map(([id, version]) => [id, version.stages]));
}

function shown(secret: Secret) {
  return {
    ARN: secret.arn,
    Name: secret.name,
    ...(secret.description === undefined ? {} : { Description: secret.description }),
    LastChangedDate: new Date(secret.changedAt),
    ...(secret.deletesAt === undefined ? {} : { DeletedDate: new Date(secret.deletesAt) }),
    Tags: Object.entries(secret.tags).map(([Key, Value]) => ({ Key, Value })),
    CreatedDate: new Date(secret.createdAt),
  };
}

function describeSecret(secrets: Secrets, input: DescribeSecretRequest, caller: Caller) {
  const secret = secrets.find(caller, input.SecretId);
  return { ...shown(secret), RotationEnabled: false, VersionIdsToStages: stagesOf(secret) };
}

function listSecrets(secrets: Secrets, input: ListSecretsRequest, caller: Caller) {
  const found = secrets
    .list(caller)
    .filter((secret) => input.IncludePlannedDeletion || secret.deletesAt === undefined)
    .filter((secret) =>
      (input.Filters ?? []).every(({ Key: key, Values: values = [] }) => {
        if (key !== "name" && key !== "all")
          throw invalidParameter(`Local AWS filters secrets by name, not by '${key ?? ""}'`);
        return values.some((value) => secret.name.toLowerCase().startsWith(value.toLowerCase()));
      }),
    );
  const { items, next } = pageOf(found, {
    token: input.NextToken,
    size: input.MaxResults,
    largest: 100,
    refuse: invalidParameter,
  });
  return {
    SecretList: items.map((secret) => ({ ...shown(secret), SecretVersionsToStages: stagesOf(secret) })),
    NextToken: next,
  };
}

function listSecretVersionIds(secrets: Secrets, input: ListSecretVersionIdsRequest, caller: Caller) {
  const secret = secrets.find(caller, input.SecretId);
  const versions = Object.entries(secret.versions)
    .filter(([, version]) => input.IncludeDeprecated || version.stages.length > 0)
    .map(([VersionId, version]) => ({
      VersionId,
      VersionStages: version.stages,
      CreatedDate: new Date(version.createdAt),
    }));
  return { ARN: secret.arn, Name: secret.name, Versions: versions };
}

function deleteSecret(secrets: Secrets, input: DeleteSecretRequest, caller: Caller) {
  const secret = secrets.find(caller, input.SecretId);
  const { ForceDeleteWithoutRecovery: force, RecoveryWindowInDays: days = DEFAULT_RECOVERY_DAYS } = input;
  if (force && input.RecoveryWindowInDays !== undefined) {
    throw invalidParameter("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
  }
  if (days < 7 || days > 30)
    throw invalidParameter("The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
  const deletesAt = Date.now() + (force ? 0 : days * DAY_MS);
  if (force) secrets.remove(secret);
  else secret.deletesAt ??= deletesAt;
  secrets.touch();
  caller.record?.("changed", secret.arn);
  return { ARN: secret.arn, Name: secret.name, DeletionDate: new Date(secret.deletesAt ?? deletesAt) };
}

function restoreSecret(secrets: Secrets, input: RestoreSecretRequest, caller: Caller) {
  const secret = secrets.find(caller, input.SecretId);
  caller.record?.(secret.deletesAt === undefined ? "none" : "changed", secret.arn);
  delete secret.deletesAt;
  secrets.touch();
  return { ARN: secret.arn, Name: secret.name };
}

export function secretsManager(secrets: Secrets): ServiceDefinition {
  return {
    name: "secretsmanager",
    protocol: "json-1.1",
    target: "secretsmanager",
    actions: bind(secrets, {
      createSecret,
      putSecretValue,
      getSecretValue,
      describeSecret,
      listSecrets,
      listSecretVersionIds,
      deleteSecret,
      restoreSecret,
    }),
    writes: ["CreateSecret", "PutSecretValue", "DeleteSecret", "RestoreSecret"],
  };
}
