import { z } from "zod";
import { permit } from "../core/dto.ts";
import { environmentKinds } from "../core/permissions.ts";
import { reference, slug, text } from "../core/text.ts";

export const environmentKind = z.enum(environmentKinds);

export const environmentRef = z.object({ id: z.string(), slug: z.string(), name: z.string(), kind: environmentKind });
export type EnvironmentRef = z.infer<typeof environmentRef>;

/** A lock as what it keeps still shows it. */
export const lockRef = z.object({
  id: z.string(),
  words: z.string().describe("Who locked what, until when and why"),
  lift: permit.describe("Whether the caller may lift it, or why not"),
});
export type LockRef = z.infer<typeof lockRef>;

/** How something is that runs. */
export const healths = ["ok", "moving", "degraded", "failed", "unknown"] as const;
export const health = z.enum(healths);
export type Health = z.infer<typeof health>;

export const environmentDto = environmentRef.extend({
  position: z.number().int(),
  targets: z.number().int(),
  services: z.int().describe("How many services have a target here"),
  healths: z.partialRecord(health, z.int()).describe("How many of its targets are how"),
  lock: lockRef.nullable().describe("What keeps all of it from being deployed to"),
  can: z.object({ lock: permit, edit: permit, import: permit.describe("Add targets here, by hand or from AWS") }),
});
export type EnvironmentDto = z.infer<typeof environmentDto>;

export const listEnvironmentsInput = z.object({});
export const getEnvironmentInput = z.object({ environment: reference.describe("Id or slug") });

export const createEnvironmentInput = z.object({
  slug: slug.describe("Name in URLs, such as production-eu"),
  name: text(80, 1),
  kind: environmentKind,
  position: z.number().int().min(0).max(1000).default(100).describe("Order of promotion, smallest first"),
});

/** As IAM writes the ARN of a role; its path is part of it. */
export const roleArn = text(600).regex(
  /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/,
  "must be the ARN of a role",
);
export const accountId = text(12).regex(/^\d{12}$/, "must be 12 digits");

export const roleDto = z.object({
  accountId: z.string(),
  roleArn: z.string(),
  hasExternalId: z.boolean().describe("The external id itself is never shown"),
  updatedAt: z.iso.datetime(),
  targets: z.number().int().describe("Targets of the environment in this account"),
});
export type RoleDto = z.infer<typeof roleDto>;

const environment = reference.describe("Id or slug");
const reason = text(500).optional();

export const accountDto = z.object({
  accountId: z.string(),
  roleArn: z.string().nullable().describe("Role that the portal takes there; null with its own credentials"),
  region: z.string().describe("Region that the portal itself uses"),
});
export type AccountDto = z.infer<typeof accountDto>;

export const listAccountsInput = z.object({ environment });
export const listRolesInput = z.object({ environment });
export const setRoleInput = z.object({
  environment,
  roleArn: roleArn.describe("Its account is the one that it is used for"),
  externalId: text(1224, 2)
    .regex(/^[\w+=,.@:/-]+$/, "may hold letters, digits and +=,.@:/-_")
    .nullable()
    .optional()
    .describe("Absent keeps the one of the same role; null removes it"),
  reason,
});
export const removeRoleInput = z.object({ environment, accountId, reason });
