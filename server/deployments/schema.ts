import { z } from "zod";
import { actorDto, permit } from "../core/dto.ts";
import { pageInput, pageOf } from "../core/page.ts";
import { reference, text } from "../core/text.ts";
import { environmentRef } from "../environments/schema.ts";
import { version } from "../releases/schema.ts";
import { releaseRef, serviceRef, taskDto } from "../services/schema.ts";

/** Statuses in which a deployment, or a run of one, holds its target. */
export const underWayStatuses = ["running", "paused", "rolling_back"] as const;
export const activeStatuses = ["queued", ...underWayStatuses] as const;
export const endedStatuses = [
  "succeeded",
  "failed",
  "rolled_back",
  "rollback_failed",
  "cancelled",
  "superseded",
] as const;
export const deploymentStatus = z.enum([...activeStatuses, ...endedStatuses]);
export type DeploymentStatus = z.infer<typeof deploymentStatus>;

/** What it changes: release and variables, back to an earlier release, tasks alone, or variables alone. */
export const deploymentKind = z.enum(["deploy", "rollback", "restart", "config"]);
export type DeploymentKind = z.infer<typeof deploymentKind>;

export const stepNames = ["gates", "rollout", "verify", "finish", "rollback"] as const;
export const stepName = z.enum(stepNames);
export type StepName = z.infer<typeof stepName>;
export const stepStatus = z.enum(["waiting", "running", "done", "failed", "skipped"]);
export type StepStatus = z.infer<typeof stepStatus>;

/** Why a deployment ended badly, for a person: see `advice.ts`. */
export const causeDto = z.object({
  kind: z.string(),
  headline: z.string(),
  detail: z.string(),
  advice: z.string(),
  taskArn: z.string().optional(),
  container: z.string().optional(),
  lines: z.array(z.string()).optional().describe("Last lines that the task wrote, oldest first"),
  alarms: z.array(z.string()).optional(),
});

export const factDto = z.object({ label: z.string(), value: z.string(), ok: z.boolean().optional() });
export type FactDto = z.infer<typeof factDto>;

export const gateDto = z.object({
  name: z.string(),
  title: z.string(),
  result: z.enum(["pass", "fail", "inconclusive", "overridden"]),
  reason: z.string(),
  facts: z.array(factDto),
  overrideReason: z.string().nullable(),
  overridable: z.boolean(),
});
export type GateDto = z.infer<typeof gateDto>;

/** Counts of tasks by revision while a rollout runs. */
export const rolloutFacts = z.object({
  status: z.string(),
  statusReason: z.string().nullable(),
  lifecycleStage: z.string().nullable(),
  to: z.object({ requested: z.number(), running: z.number(), pending: z.number() }),
  from: z.object({ requested: z.number(), running: z.number(), pending: z.number() }),
  failedTasks: z.object({ count: z.number(), threshold: z.number() }).nullable(),
  alarms: z.object({ status: z.string(), names: z.array(z.string()), triggered: z.array(z.string()) }).nullable(),
});
export type RolloutFacts = z.infer<typeof rolloutFacts>;

export const stepDto = z.object({
  name: stepName,
  status: stepStatus,
  reason: z.string().nullable(),
  facts: z.array(factDto),
  rollout: rolloutFacts.nullable(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
});
export type StepDto = z.infer<typeof stepDto>;

/** One line of what differs between two task definitions. */
export const differenceDto = z.object({
  path: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type DifferenceDto = z.infer<typeof differenceDto>;

export const deploymentTargetDto = z.object({
  id: z.string(),
  targetId: z.string(),
  cluster: z.string(),
  ecsService: z.string(),
  region: z.string(),
  wave: z.number().int().describe("A wave begins when every target of those before it has succeeded"),
  status: deploymentStatus,
  step: stepName,
  taskDefinitionArn: z.string().nullable(),
  previousTaskDefinitionArn: z.string().nullable(),
  waitingFor: z.string().nullable().describe("Set while AWS cannot be reached or throttles: what is retried"),
  waitingSince: z.iso.datetime().nullable().describe("Since when it has been retried without an answer in between"),
  steps: z.array(stepDto),
  gates: z.array(gateDto),
  tasks: z.array(taskDto.extend({ side: z.enum(["new", "old"]) })),
  events: z.array(z.object({ id: z.string(), at: z.iso.datetime(), message: z.string() })),
  differences: z.array(differenceDto),
});
export type DeploymentTargetDto = z.infer<typeof deploymentTargetDto>;

export const deploymentSummaryDto = z.object({
  id: z.string(),
  service: serviceRef,
  environment: environmentRef,
  kind: deploymentKind,
  automatic: z.boolean(),
  source: z.enum(["portal", "outside"]).describe("outside: started past the portal and adopted by it"),
  status: deploymentStatus,
  step: stepName.nullable().describe("Step that runs, or ran last"),
  release: releaseRef,
  from: releaseRef.nullable(),
  reason: z.string(),
  headline: z.string().nullable().describe("Cause in one sentence, when it ended badly"),
  createdBy: actorDto,
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
});
export type DeploymentSummaryDto = z.infer<typeof deploymentSummaryDto>;

/** Variables of a deployment: which version ran before and which goes with it. */
export const deploymentVariablesDto = z.object({
  from: z.number().int().nullable().describe("Null where the variables were those of the task definition"),
  to: z.number().int().nullable(),
  added: z.array(z.string()),
  changed: z.array(z.string()),
  removed: z.array(z.string()),
});
export type DeploymentVariablesDto = z.infer<typeof deploymentVariablesDto>;

export const deploymentDto = deploymentSummaryDto.extend({
  commit: z.string().nullable(),
  description: z.string(),
  rollbackOf: z.string().nullable(),
  variables: deploymentVariablesDto,
  waitsFor: z.string().nullable().describe("What a deployment that has not begun, or its next wave, waits for"),
  supersededBy: z.object({ id: z.string(), version: z.string() }).nullable(),
  cause: causeDto.nullable(),
  targets: z.array(deploymentTargetDto),
  nearby: z
    .array(z.object({ id: z.string(), at: z.iso.datetime(), kind: z.string(), title: z.string() }))
    .describe("Other changes to the service and environment around it"),
  can: z.object({ cancel: permit, rollback: permit, retry: permit }),
});
export type DeploymentDto = z.infer<typeof deploymentDto>;

export const listDeploymentsInput = z.object({
  service: reference.optional(),
  environment: reference.optional(),
  status: z.union([deploymentStatus, z.enum(["active", "ended"])]).optional(),
  ...pageInput({ most: 100, usual: 50 }),
});
export const deploymentPage = pageOf(deploymentSummaryDto);

export const getDeploymentInput = z.object({ deployment: reference });

const reason = text(500).default("");

/** What a request asks for when another deployment is under way. */
export const onConflict = z.enum(["reject", "queue", "supersede"]);
export type OnConflict = z.infer<typeof onConflict>;
const conflictChoice = onConflict
  .default("reject")
  .describe(
    "When another deployment is under way here: refuse this one (409), let it wait until that one has ended (of those that wait, the newest stays), or let it take its place at once",
  );

export const createDeploymentInput = z.object({
  service: reference.describe("Id or slug"),
  environment: reference.describe("Id or slug"),
  version: version
    .optional()
    .describe("Version or id of a release of the service; the one that runs when absent, which brings variables alone"),
  configVersion: z
    .number()
    .int()
    .min(1)
    .max(2_000_000_000)
    .optional()
    .describe("Number of the config version that goes with it; the newest when absent"),
  reason,
  onConflict: conflictChoice,
  overrides: z
    .array(text(60, 1))
    .max(20)
    .default([])
    .describe("Gates that may fail without stopping this deployment; needs the right to override and a reason"),
});

export const rollbackInput = z.object({
  deployment: reference,
  to: text(128, 1).optional().describe("Version or id of the release to return to; by default the last known good one"),
  expectedCurrent: text(128, 1)
    .optional()
    .describe("Version that the caller believes to run: 409 when another one does"),
  configVersion: z
    .number()
    .int()
    .min(1)
    .max(2_000_000_000)
    .optional()
    .describe("Number of the config version to go back to as well; by default the variables stay as they are"),
  markBad: z
    .boolean()
    .default(false)
    .describe("Call the release bad here, so that it is not offered as a rollback target"),
  targets: z
    .array(reference)
    .min(1)
    .max(100)
    .optional()
    .describe("Ids of the targets to return; by default all of them"),
  onConflict: conflictChoice,
  overrideLock: z
    .boolean()
    .default(false)
    .describe("Roll back although something is locked here; needs the right to override gates and a reason"),
  reason,
});

export const cancelInput = z.object({ deployment: reference, reason });

export const planInput = z.object({
  service: reference,
  environment: reference,
  version: version
    .optional()
    .describe("Release to deploy, or to return to; for a rollback the last known good one by default"),
  kind: z
    .enum(["deploy", "rollback", "config"])
    .default("deploy")
    .describe("config: the release that runs, with other variables"),
  configVersion: z.coerce.number().int().min(1).max(2_000_000_000).optional(),
});

export const planDto = z.object({
  kind: z.enum(["deploy", "rollback", "config"]),
  service: serviceRef,
  environment: environmentRef,
  from: releaseRef.nullable(),
  to: releaseRef.nullable(),
  deploymentId: z.string().nullable().describe("Deployment that a rollback would undo"),
  options: z
    .array(releaseRef.extend({ at: z.iso.datetime(), verdict: z.enum(["good", "bad"]).nullable() }))
    .describe("Releases that can be chosen, newest first; for a rollback known good ones only"),
  variables: deploymentVariablesDto,
  lastRanWith: z
    .number()
    .int()
    .nullable()
    .describe("For a rollback: the config version that the release last worked with, when another one stays"),
  differences: z.array(differenceDto),
  gates: z.array(gateDto).describe("Gates as they would answer now"),
  warnings: z.array(z.string()),
  notUndone: z.array(z.string()).describe("What a rollback leaves as it is"),
  canOverride: permit,
  conflict: z
    .object({
      deployment: z.string(),
      words: z.string(),
      isWaiting: z.boolean().describe("It has not begun"),
      isUndo: z.boolean().describe("A rollback, or being undone"),
      supersede: permit.describe("Whether the caller may take its place"),
    })
    .nullable()
    .describe("Deployment that a request meets now"),
  lock: z
    .object({
      id: z.string(),
      words: z.string(),
      pass: permit.describe("Whether the caller may roll back although it is locked"),
    })
    .nullable(),
  held: z
    .object({ reason: z.string(), deploy: permit.describe("Whether the caller may deploy a held release") })
    .nullable()
    .describe("The release is kept from being deployed here"),
  targets: z.array(
    z.object({
      id: z.string(),
      cluster: z.string(),
      region: z.string(),
      wave: z.number().int(),
      version: z.string().nullable(),
    }),
  ),
});
export type PlanDto = z.infer<typeof planDto>;

export const examineInput = z.object({
  environment: reference.describe("Id or slug"),
  cursor: text(80).optional().describe("`next` of the examination before, which goes on with the targets after it"),
});

export const findingDto = z.object({
  check: z.string().describe("A permission such as ecs:UpdateService, or what was looked at"),
  result: z.enum(["ok", "warning", "failed", "denied", "unknown"]),
  detail: z.string(),
  policy: z
    .string()
    .nullable()
    .describe("Statement to add to the role's policy, as JSON, for what is not known to be allowed"),
});
export type FindingDto = z.infer<typeof findingDto>;

export const examinationDto = z.object({
  environment: environmentRef,
  targets: z.array(
    z.object({
      service: z.string(),
      target: z.string(),
      accountId: z.string(),
      region: z.string(),
      cluster: z.string(),
      ecsService: z.string(),
      findings: z.array(findingDto),
    }),
  ),
  leftOut: z.number().int().describe("Targets after these, beyond those that one examination looks at"),
  next: z.string().nullable().describe("Cursor that goes on with them; null when none is left out"),
});
export type ExaminationDto = z.infer<typeof examinationDto>;
