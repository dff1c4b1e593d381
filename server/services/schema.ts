import { z } from "zod";
import { accountId, environmentRef, health, healths, lockRef, type Health } from "../environments/schema.ts";
import { actorDto, permit } from "../core/dto.ts";
import { pageInput, pageOf } from "../core/page.ts";
import { reference, slug, text } from "../core/text.ts";

export const workloads = ["web", "worker", "scheduled", "job"] as const;
export { health, healths, type Health };

export const teamRef = z.object({ id: z.string(), slug: z.string(), name: z.string() });
export const serviceRef = z.object({ id: z.string(), slug: z.string(), name: z.string() });
export const releaseRef = z.object({ id: z.string(), version: z.string() });

export const changedSecretDto = z.object({
  names: z.array(z.string()).describe("Variables that refer to it"),
  reference: z.string(),
  state: z.enum(["broken", "changed", "pinned_old"]),
  changedAt: z.iso.datetime().nullable(),
  headline: z.string(),
});

export const targetDto = z.object({
  id: z.string(),
  environment: environmentRef,
  wave: z.number().int(),
  siblings: z.int().describe("Other targets of the service in that environment"),
  accountId: z.string(),
  region: z.string(),
  cluster: z.string(),
  ecsService: z.string(),
  url: z.string().nullable(),
  release: releaseRef.nullable().describe("What runs here, when the portal knows"),
  releaseSince: z.iso.datetime().nullable(),
  lacks: z
    .array(releaseRef)
    .describe(
      "Releases that an environment before this one runs and that were posted after what runs here; not those that failed here",
    ),
  taskDefinitionArn: z.string().nullable(),
  health,
  healthReason: z.string().nullable(),
  desiredCount: z.number().int(),
  runningCount: z.number().int(),
  pendingCount: z.number().int(),
  observedAt: z.iso.datetime().nullable(),
  active: z
    .object({ id: z.string(), status: z.string(), version: z.string(), kind: z.string(), step: z.string() })
    .nullable()
    .describe("Deployment under way here"),
  latest: z
    .object({
      id: z.string(),
      status: z.string(),
      version: z.string(),
      kind: z.string(),
      finishedAt: z.iso.datetime().nullable(),
    })
    .nullable()
    .describe("Deployment that ended here last"),
  currentDeploymentId: z.string().nullable().describe("Deployment that brought what runs here: the one to roll back"),
  lock: lockRef.nullable().describe("What keeps it from being deployed to; of several the one that lasts longest"),
  secrets: z
    .array(changedSecretDto)
    .describe("Secrets that changed after the oldest task started, or that cannot be resolved; the worst first"),
  can: z.object({
    deploy: permit,
    rollback: permit,
    lock: permit,
    judge: permit,
    restart: permit,
    scale: permit,
    stopTask: permit,
  }),
  wayOut: z.string().describe("aws command that restores the running task definition when the portal is down"),
});
export type TargetDto = z.infer<typeof targetDto>;

/** A target as lists show it: what is needed to act on it, or without the portal, is asked for with its service. */
export const listedTargetDto = targetDto
  .omit({ accountId: true, ecsService: true, url: true, taskDefinitionArn: true, wayOut: true })
  .extend({ can: targetDto.shape.can.pick({ deploy: true, rollback: true }) });
export type ListedTargetDto = z.infer<typeof listedTargetDto>;

export const serviceDto = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  workload: z.enum(workloads),
  repository: z.string().nullable(),
  team: teamRef,
  targets: z.array(targetDto),
});
export type ServiceDto = z.infer<typeof serviceDto>;

export const listedServiceDto = serviceDto.extend({ targets: z.array(listedTargetDto) });
export type ListedServiceDto = z.infer<typeof listedServiceDto>;
export const servicePage = pageOf(listedServiceDto);

export const attentionDto = z.object({
  services: z.array(listedServiceDto).describe("With those of their targets that somebody should look at"),
  more: z.int().describe("Targets beyond these, none of them worse"),
});

export const taskDto = z.object({
  arn: z.string(),
  id: z.string().describe("Last part of the ARN"),
  targetId: z.string(),
  environment: environmentRef,
  version: z.string().nullable(),
  taskDefinitionArn: z.string(),
  lastStatus: z.string(),
  desiredStatus: z.string(),
  healthStatus: z.string(),
  stopCode: z.string().nullable(),
  stoppedReason: z.string().nullable(),
  exitCode: z.number().int().nullable(),
  containerReason: z.string().nullable(),
  lastLines: z.array(z.string()),
  createdAt: z.iso.datetime().nullable(),
  startedAt: z.iso.datetime().nullable(),
  stoppedAt: z.iso.datetime().nullable(),
});
export type TaskDto = z.infer<typeof taskDto>;

export const serviceEventDto = z.object({
  id: z.string(),
  targetId: z.string().describe("Of which target ECS said it"),
  environment: environmentRef,
  at: z.iso.datetime(),
  message: z.string(),
});
export type ServiceEventDto = z.infer<typeof serviceEventDto>;

export const listServiceNamesInput = z.object({});
export const listServicesInput = z.object({
  search: text(200).optional().describe("Words that occur in its slug or name"),
  team: reference.optional(),
  environment: reference.optional().describe("Only what runs there"),
  ...pageInput({ most: 50, usual: 25 }),
});
export const listAttentionInput = z.object({});
export const getServiceInput = z.object({ service: reference.describe("Id or slug") });
export const serviceHistoryInput = z.object({
  service: reference,
  environment: reference.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const createServiceInput = z.object({
  slug,
  name: text(80, 1),
  description: text(500).default(""),
  workload: z.enum(workloads).default("web"),
  repository: text(300).optional(),
  team: reference,
});

/** More tasks of one service than ECS allows by default are asked for by mistake. */
export const mostTasks = 1000;

const operatedOn = {
  service: reference,
  target: reference.describe("Id of one of its targets"),
  reason: text(500).default(""),
};

export const scaleTargetInput = z.object({
  ...operatedOn,
  desiredCount: z.int().min(0).max(mostTasks),
  expectedCount: z.int().optional().describe("409 when the target has another desired count than this one by now"),
  confirm: text(80).optional().describe("Slug of the service: needed to scale production to zero"),
});
export const stopTaskInput = z.object({
  ...operatedOn,
  task: text(500, 1).describe("ARN of the task, or the last part of it"),
});
export const restartTargetInput = z.object({
  ...operatedOn,
  all: z.boolean().default(false).describe("All targets of the service in that environment, in waves"),
});
export const targetInput = z.object({ service: reference, target: reference });

export const actKinds = ["scale", "stop_task"] as const;
export const actStatuses = ["queued", "succeeded", "failed"] as const;
export const actDto = z.object({
  id: z.string(),
  targetId: z.string(),
  kind: z.enum(actKinds),
  status: z.enum(actStatuses),
  desiredCount: z.int().nullable().describe("What was asked for, of a scaling"),
  before: z.int().nullable().describe("Desired count that a scaling found"),
  task: z.string().nullable().describe("ARN of the task that was to stop"),
  reason: z.string(),
  error: z.string().nullable().describe("Why it failed, or what it waits for"),
  createdBy: actorDto,
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
});
export type ActDto = z.infer<typeof actDto>;

export const targetCommandsDto = z.object({
  restore: z.string().describe("Puts back the task definition that runs here now"),
  rollBack: z
    .object({ version: z.string(), command: z.string() })
    .nullable()
    .describe("Brings the last other release that is known to work here, if one was deployed here by the portal"),
  restart: z.string(),
  scale: z.string().describe("With COUNT in place of the number of tasks"),
  stopTask: z.string().describe("With TASK in place of the task's id"),
});
export type TargetCommandsDto = z.infer<typeof targetCommandsDto>;

/** As ECS names clusters and services. */
const ecsName = text(255, 1).regex(/^[A-Za-z0-9_-]+$/, "may hold letters, digits, dashes and _");

const placeFields = {
  accountId,
  region: text(30).regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "must be a region such as us-east-1"),
};

const targetFields = {
  cluster: ecsName,
  ecsService: ecsName,
  targetGroupArn: text(300)
    .regex(/^arn:aws[a-z-]*:elasticloadbalancing:[A-Za-z0-9:/_-]+$/, "must be the ARN of a target group")
    .optional(),
  url: text(500)
    .refine((value) => URL.canParse(value) && /^https?:\/\//.test(value), "must be an http or https URL")
    .optional(),
  autoscaled: z
    .boolean()
    .default(false)
    .describe("Application Auto Scaling owns the desired count: the portal never sets it"),
};

export const createTargetInput = z.object({
  service: reference,
  environment: reference,
  ...placeFields,
  ...targetFields,
  wave: z.number().int().min(1).max(100).default(1),
});

/** Services that one import may take: each is asked about in AWS before the transaction. */
const mostImported = 50;

export const discoverServicesInput = z.object({ environment: reference, ...placeFields, cluster: ecsName.optional() });

export const discoveredDto = z.object({
  cluster: z.string(),
  ecsService: z.string(),
  taskDefinition: z.string(),
  desiredCount: z.number().int(),
  runningCount: z.number().int(),
  container: z.string().nullable().describe("Container behind the load balancer"),
  targetGroupArn: z.string().nullable(),
  url: z.string().nullable(),
  importable: permit.describe("True, or why the portal cannot deploy to it"),
  known: z.object({ service: z.string(), environment: z.string() }).nullable().describe("Target that it is already"),
  proposed: z.object({ service: z.string(), workload: z.enum(workloads) }),
});
export type DiscoveredDto = z.infer<typeof discoveredDto>;

export const discoveryDto = z.object({
  clusters: z.array(z.string()),
  services: z.array(discoveredDto),
  warnings: z.array(z.string()).describe("What could not be read"),
});
export type DiscoveryDto = z.infer<typeof discoveryDto>;

export const importServicesInput = z.object({
  environment: reference,
  ...placeFields,
  team: reference.optional().describe("Owner of the services that are new"),
  services: z
    .array(
      z.object({
        service: slug.describe("Slug of a service; a new one is made where there is none"),
        workload: z.enum(workloads).default("web"),
        ...targetFields,
      }),
    )
    .min(1)
    .max(mostImported),
});
export type ImportServicesInput = z.output<typeof importServicesInput>;

export const importedDto = z.object({
  service: z.string(),
  target: z.string(),
  release: releaseRef.nullable().describe("What runs, as an adopted release"),
  note: z.string().nullable(),
});
export type ImportedDto = z.infer<typeof importedDto>;
