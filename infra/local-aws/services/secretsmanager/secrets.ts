import { randomInt } from "node:crypto";
import { AwsError } from "../../contract.ts";
import type { Place } from "../../contract.ts";
import type { Core } from "../../world.ts";
import { arn, isOwn } from "../place.ts";

/** Binary values are base64. */
export type Version = { createdAt: number; stages: string[]; string?: string; binary?: string };

export type Secret = {
  arn: string;
  name: string;
  description?: string;
  createdAt: number;
  changedAt: number;
  /** Scheduled for deletion: cannot be read, and its name is not free. */
  deletesAt?: number;
  tags: Record<string, string>;
  versions: Record<string, Version>;
};

export type Secrets = {
  list(place: Place): Secret[];
  /** By name, ARN, or ARN without its random end; also one that is scheduled for deletion. */
  find(place: Place, id: string | undefined): Secret;
  /** Whether `find` would. */
  has(place: Place, id: string | undefined): boolean;
  create(place: Place, name: string): Secret;
  remove(secret: Secret): void;
  touch(): void;
};

const DOCUMENT = "secretsmanager";
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

export function createSecrets(core: Core): Secrets {
  const saved = core.store.document<{ secrets: Record<string, Secret> }>(DOCUMENT, () => ({ secrets: {} }));
  const list = (place: Place) => Object.values(saved.secrets).filter((secret) => isOwn(place, secret.arn));
  const seek = (place: Place, id: string | undefined) =>
    list(place).find((one) => id === one.name || id === one.arn || id === one.arn.replace(/-\w{6}$/, ""));
  const touch = () => core.store.touch(DOCUMENT);
  return {
    list,
    has: (place, id) => seek(place, id) !== undefined,
    find(place, id) {
      const found = seek(place, id);
      if (!found) throw new AwsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
      return found;
    },
    create(place, name) {
      const end = Array.from({ length: 6 }, () => LETTERS[randomInt(LETTERS.length)]).join("");
      const now = core.clock.now();
      const secret: Secret = {
        arn: arn("secretsmanager", place, `secret:${name}-${end}`),
        name,
        createdAt: now,
        changedAt: now,
        tags: {},
        versions: {},
      };
      saved.secrets[secret.arn] = secret;
      touch();
      return secret;
    },
    remove(secret) {
      delete saved.secrets[secret.arn];
      touch();
    },
    touch,
  };
}

/** The version of a stage (AWSCURRENT unless named) or id; naming both must agree. */
export function versionOf(secret: Secret, stage: string | undefined, id: string | undefined): [string, Version] {
  const wanted = stage ?? "AWSCURRENT";
  const found = Object.entries(secret.versions).find(
    ([versionId, version]) =>
      (id === undefined || versionId === id) &&
      ((id !== undefined && stage === undefined) || version.stages.includes(wanted)),
  );
  if (found) return found;
  const what = id === undefined ? `staging label: ${wanted}` : `VersionId: ${id}`;
  throw new AwsError("ResourceNotFoundException", `Secrets Manager can't find the specified secret value for ${what}`);
}

/** Gives stages to a version and takes them from the others; AWSPREVIOUS follows AWSCURRENT. */
export function moveStages(secret: Secret, versionId: string, stages: string[]): void {
  for (const stage of stages) {
    const before = Object.entries(secret.versions).find(([, version]) => version.stages.includes(stage));
    if (before?.[0] === versionId) continue;
    for (const version of Object.values(secret.versions))
      version.stages = version.stages.filter((one) => one !== stage);
    secret.versions[versionId]?.stages.push(stage);
    if (stage === "AWSCURRENT" && before) moveStages(secret, before[0], ["AWSPREVIOUS"]);
  }
  // A version without a stage is deprecated and may go at any time.
  const deprecated = Object.entries(secret.versions).filter(([, version]) => version.stages.length === 0);
  for (const [id] of deprecated.slice(0, Math.max(0, deprecated.length - KEPT_DEPRECATED))) delete secret.versions[id];
}

const KEPT_DEPRECATED = 98;
