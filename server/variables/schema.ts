import { z } from "zod";
import { actorDto, permit } from "../core/dto.ts";
import { reference, text } from "../core/text.ts";
import { environmentRef } from "../environments/schema.ts";
import { serviceRef } from "../services/schema.ts";

/** Every container that a release brings an image for; side cars of the task definition are named. */
export const everyContainer = "*";

/** More than this many variables no task definition takes. */
export const mostVariables = 2000;

const reserved = /^(ECS_|AWS_CONTAINER_|AWS_EXECUTION_ENV$)/i;

export const variableName = text(255, 1)
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "must begin with a letter or _ and hold letters, digits and _")
  .refine((name) => !reserved.test(name), "is set by ECS itself and cannot be chosen");
const container = text(255, 1)
  .regex(/^(\*|[A-Za-z0-9_-]+)$/, "must be a container of the task definition, or * for all of the service's")
  .default(everyContainer);

const secretReference = text(600, 1).regex(
  /^(arn:aws[a-z-]*:(secretsmanager:[a-z0-9-]+:\d{12}:secret:[A-Za-z0-9/_+=.@!-]+|ssm:[a-z0-9-]+:\d{12}:parameter\/[A-Za-z0-9/_.-]+)|\/?[A-Za-z0-9/_.-]+)$/,
  "must be the ARN of a secret, or the ARN or name of a parameter, without version",
);

/** One variable as it is written: a plain value, or a reference to a secret. */
export const variableInput = z
  .object({
    container,
    name: variableName,
    value: text(16_384).nullish().describe("Plain value"),
    secret: secretReference.nullish().describe("ARN of a secret, or ARN or name of an SSM parameter"),
    secretKey: text(200, 1)
      .regex(/^[^:]+$/, "must not contain a colon")
      .nullish()
      .describe("Key inside a secret that holds JSON"),
    secretVersion: text(64, 1)
      .regex(/^[A-Za-z0-9-]+$/, "must be a version id or number")
      .nullish()
      .describe("Version to pin: the present one when absent; null to follow whatever is current when a task starts"),
  })
  .refine((one) => (one.value == null) !== (one.secret == null), {
    path: ["value"],
    message: "give either a value or a secret",
  })
  .refine((one) => one.secret != null || (one.secretKey == null && one.secretVersion == null), {
    path: ["secret"],
    message: "a key or version belongs to a secret",
  });
export type VariableInput = z.output<typeof variableInput>;

export const variableDto = z.object({
  container: z.string(),
  name: z.string(),
  value: z.string().nullable(),
  secret: z.string().nullable(),
  secretKey: z.string().nullable(),
  secretVersion: z.string().nullable().describe("Version that it is pinned to; null follows the current one"),
});
export type VariableDto = z.infer<typeof variableDto>;

/** A variable for reading: what looks like a secret is marked, so that pages cover it until somebody asks. */
export const shownVariableDto = variableDto.extend({
  sensitive: z.boolean().describe("A plain value that looks like a secret"),
});
export type ShownVariableDto = z.infer<typeof shownVariableDto>;

export const warningDto = z.object({
  code: z.enum(["looks_secret", "drops_unmanaged"]),
  name: z.string(),
  message: z.string(),
});
export type WarningDto = z.infer<typeof warningDto>;

export const configVersionRef = z.object({ id: z.string(), number: z.number().int() });

export const configVersionDto = configVersionRef.extend({
  reason: z.string(),
  revertOf: z.number().int().nullable(),
  createdBy: actorDto,
  createdAt: z.iso.datetime(),
  count: z.number().int().describe("Variables in it"),
});
export type ConfigVersionDto = z.infer<typeof configVersionDto>;

/** One variable that differs. Values that look like secrets are covered. */
export const variableDifferenceDto = z.object({
  container: z.string(),
  name: z.string(),
  change: z.enum(["added", "removed", "changed"]),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type VariableDifferenceDto = z.infer<typeof variableDifferenceDto>;

export const secretStateDto = z.object({
  target: z.string(),
  names: z.array(z.string()),
  reference: z.string(),
  state: z.enum(["current", "changed", "pinned_old", "unknown", "broken"]),
  changedAt: z.iso.datetime().nullable(),
  headline: z.string(),
});
export type SecretStateDto = z.infer<typeof secretStateDto>;

const place = { service: reference.describe("Id or slug"), environment: reference.describe("Id or slug") };
const number = z.coerce.number().int().min(0).max(2_000_000_000);
const reason = text(500).default("");

export const placeInput = z.object(place);
export const getVersionInput = z.object({ ...place, number: number.min(1) });
export const listVersionsInput = z.object({
  ...place,
  before: number.optional().describe("Versions below this number"),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});
export const versionPage = z.object({ items: z.array(configVersionDto), next: z.number().int().nullable() });
export const diffInput = z.object({
  ...place,
  from: number.describe("Number of the earlier version; 0 for none"),
  to: number.optional().describe("Number of the later version; the newest when absent"),
});
export const diffDto = z.object({
  from: z.number().int(),
  to: z.number().int(),
  differences: z.array(variableDifferenceDto),
});
export const parityInput = z.object({ ...place, with: reference.describe("Environment to compare with") });
export const parityDto = z.object({
  environment: environmentRef,
  with: environmentRef,
  lacks: z
    .array(variableDto.pick({ container: true, name: true }))
    .describe("What the other environment has and this one lacks"),
  extra: z.array(variableDto.pick({ container: true, name: true })).describe("What only this environment has"),
  differences: z.array(variableDifferenceDto),
  same: z.number().int(),
  headline: z.string(),
});
export type ParityDto = z.infer<typeof parityDto>;

const expectedNumber = number.describe(
  "Number of the version that the change was made from, 0 for none: 409 when there is a newer one",
);
const confirmed = z.boolean().default(false).describe("Save in spite of warnings");

export const saveInput = z.object({
  ...place,
  expectedNumber,
  reason,
  confirmed,
  entries: z.array(variableInput).max(mostVariables),
});
export const patchInput = z.object({
  ...place,
  expectedNumber,
  reason,
  confirmed,
  set: z.array(variableInput).max(mostVariables).default([]),
  unset: z
    .array(z.object({ container, name: text(255, 1) }))
    .max(mostVariables)
    .default([]),
});
export const revertInput = z.object({
  ...place,
  to: number.min(1).describe("Number of the version whose content comes back"),
  expectedNumber,
  reason,
  apply: z.boolean().default(false).describe("Also deploy it with the release that runs"),
});
export const takeOverInput = z.object({ ...place, reason });
export const listSecretsInput = z.object({ ...place, search: text(200).default("") });
export const secretChoiceDto = z.object({ arn: z.string(), name: z.string(), kind: z.enum(["secret", "parameter"]) });
export type SecretChoiceDto = z.infer<typeof secretChoiceDto>;

export const variablesDto = z.object({
  service: serviceRef,
  environment: environmentRef,
  number: z.number().int().describe("Newest version, 0 when there is none"),
  version: configVersionDto.nullable(),
  entries: z.array(shownVariableDto),
  running: z
    .array(z.object({ target: z.string(), number: z.number().int().nullable() }))
    .describe("Version that each target runs; null where the variables are those of its task definition"),
  pending: z.array(variableDifferenceDto).describe("What applying the newest version would change"),
  secrets: z.array(secretStateDto),
  release: z.string().nullable().describe("Version of the release that runs, with which variables are applied"),
  can: z.object({ save: permit, apply: permit, takeOver: permit }),
});
export type VariablesDto = z.infer<typeof variablesDto>;

/** What saving did. */
export const savedDto = z.object({
  version: configVersionDto,
  unchanged: z.boolean().describe("The content was the newest version's already, and no version was made"),
  differences: z.array(variableDifferenceDto),
  deployment: z.string().nullable().describe("Deployment that applies it, when one was asked for"),
});
export type SavedDto = z.infer<typeof savedDto>;
