import type { SecretListEntry } from "@aws-sdk/client-secrets-manager";
import type { Secret } from "./secrets.ts";

/** What DescribeSecret and ListSecrets have in common: everything but the values. */
export function renderSecret(secret: Secret) {
  return {
    ARN: secret.arn,
    Name: secret.name,
    ...(secret.description === undefined ? {} : { Description: secret.description }),
    LastChangedDate: new Date(secret.changedAt),
    ...(secret.deletesAt === undefined ? {} : { DeletedDate: new Date(secret.deletesAt) }),
    Tags: Object.entries(secret.tags).map(([Key, Value]) => ({ Key, Value })),
    CreatedDate: new Date(secret.createdAt),
  } satisfies SecretListEntry;
}

/** Stages by version id; a version without one is deprecated and not shown. */
export function stagesOf(secret: Secret): Record<string, string[]> {
  const staged = Object.entries(secret.versions).filter(([, version]) => version.stages.length > 0);
  return Object.fromEntries(staged.map(([id, version]) => [id, version.stages]));
}
