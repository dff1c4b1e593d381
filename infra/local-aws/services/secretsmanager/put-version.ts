import { randomUUID } from "node:crypto";
import { AwsError } from "../../contract.ts";
import type { Content } from "./content.ts";
import { invalidParameter } from "./errors.ts";
import { moveStages } from "./secrets.ts";
import type { Secret } from "./secrets.ts";

/** Id of the version that a call makes: its ClientRequestToken, or a random one. */
export function versionIdOf(token: string | undefined): string {
  if (token === undefined) return randomUUID();
  if (/^[\w-]{32,64}$/.test(token)) return token;
  throw invalidParameter("ClientRequestToken must be 32-64 characters long.");
}

/** Adds a version. With an id that was used before, the same content is no change and other content is refused. */
export function putVersion(secret: Secret, versionId: string, content: Content, stages: string[]): boolean {
  const known = Object.hasOwn(secret.versions, versionId) ? secret.versions[versionId] : undefined;
  if (known) {
    if (known.string === content.string && known.binary === content.binary) return false;
    throw new AwsError(
      "ResourceExistsException",
      `You can't use ClientRequestToken because that value is already in use for a version of secret ${secret.arn}.`,
    );
  }
  secret.versions[versionId] = { createdAt: Date.now(), stages: [], ...content };
  secret.changedAt = Date.now();
  moveStages(secret, versionId, stages);
  return true;
}
