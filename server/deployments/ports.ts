/**
 * What the deployment engine needs from the place where services run, in the product's words. `server/aws/ecs.ts`
 * implements it for ECS; a second runtime is one more file. Every method may throw `RuntimeFailure`.
 */
import { AppError } from "../core/errors.ts";
import type { Accounts } from "../environments/ports.ts";

/** Coordinates of one target. The environment decides in which role it is acted on. */
export type Placement = {
  environmentId: string;
  accountId: string;
  region: string;
  cluster: string;
  ecsService: string;
};

export type FailureKind = "throttled" | "unreachable" | "expired" | "denied" | "not_found" | "refused" | "unknown";

/** A call that did not work. `retryable` ones are tried again with back-off; the others end the step. */
export class RuntimeFailure extends Error {
  readonly kind: FailureKind;
  readonly operation: string;
  /** What to do about it, where that is known. */
  readonly advice: string | undefined;
  constructor(kind: FailureKind, operation: string, message: string, options?: ErrorOptions & { advice?: string }) {
    super(message, options);
    this.name = "RuntimeFailure";
    this.kind = kind;
    this.operation = operation;
    this.advice = options?.advice;
  }
  /** What happened, and what to do about it where that is known. */
  get inWords(): string {
    return this.advice ? `${this.message} ${this.advice}` : this.message;
  }
  get retryable(): boolean {
    return (
      this.kind === "throttled" || this.kind === "unreachable" || this.kind === "expired" || this.kind === "unknown"
    );
  }
}

/**
 * Rethrows a failure as callers of the API are told it: that AWS gave no answer is the gateway's failure, what it refuses
 * or does not have is not. For `.catch` of calls that a command or query makes.
 */
export function throwUpstream(error: unknown): never {
  if (!(error instanceof RuntimeFailure)) throw error;
  const code = error.retryable ? "upstream" : "precondition";
  throw new AppError(code, error.inWords, { reason: error.kind }, { cause: error });
}

/** A task definition as JSON that can be registered again: AWS's own shape without what AWS assigns. */
export type TaskDefinition = {
  family: string;
  containerDefinitions: ContainerDefinition[];
  [field: string]: unknown;
};

export type ContainerDefinition = {
  name: string;
  image: string;
  cpu?: number;
  memory?: number;
  essential?: boolean;
  environment?: { name: string; value: string }[];
  secrets?: { name: string; valueFrom: string }[];
  logConfiguration?: { logDriver: string; options?: Record<string, string> };
  [field: string]: unknown;
};

export type RegisteredTaskDefinition = {
  arn: string;
  active: boolean;
  definition: TaskDefinition;
  tags: Record<string, string>;
};

export type ServiceState = {
  status: string;
  taskDefinitionArn: string;
  desiredCount: number;
  runningCount: number;
  pendingCount: number;
  minimumHealthyPercent: number;
  maximumPercent: number;
  circuitBreaker: { enabled: boolean; rollback: boolean };
  alarmNames: string[];
  targetGroupArns: string[];
  /** True, or why the portal cannot deploy to it: it was deleted, or something else than ECS itself deploys it. */
  deployable: true | string;
  /** Rollout under way now, whoever started it. */
  currentRolloutArn: string | null;
  events: { id: string; at: Date; message: string }[];
};

export type RolloutStatus =
  | "pending"
  | "in_progress"
  | "stop_requested"
  | "stopped"
  | "rollback_requested"
  | "rollback_in_progress"
  | "rollback_successful"
  | "rollback_failed"
  | "successful";

/** One ECS service deployment. Success is judged by this alone, never by "services stable". */
export type Rollout = {
  arn: string;
  status: RolloutStatus;
  statusReason: string | null;
  lifecycleStage: string | null;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  /** Task definition that this rollout brings, and how many of its tasks there are. */
  to: { taskDefinitionArn: string; requested: number; running: number; pending: number };
  from: { taskDefinitionArn: string; requested: number; running: number; pending: number }[];
  circuitBreaker: { status: string; failures: number; threshold: number } | null;
  alarms: { status: string; names: string[]; triggered: string[] } | null;
  rollback: { reason: string | null; startedAt: Date | null; taskDefinitionArn: string | null } | null;
};

export type RuntimeTask = {
  arn: string;
  taskDefinitionArn: string;
  startedBy: string | null;
  lastStatus: string;
  desiredStatus: string;
  healthStatus: string;
  stopCode: string | null;
  stoppedReason: string | null;
  /** Of the essential container that ended first. */
  exitCode: number | null;
  containerReason: string | null;
  containerName: string | null;
  createdAt: Date | null;
  startedAt: Date | null;
  stoppedAt: Date | null;
};

export type AlarmState = {
  name: string;
  state: "OK" | "ALARM" | "INSUFFICIENT_DATA";
  reason: string;
  since: Date | null;
};

/** A secret or parameter as far as it can be known without its value. */
export type SecretDescription = {
  kind: "secret" | "parameter";
  arn: string;
  name: string;
  /** JSON key that the reference names, if any. */
  key: string | null;
  /** Version that the reference is pinned to; null when it follows the current one. */
  pinned: string | null;
  /** Version that an unpinned reference would get now. */
  version: string;
  changedAt: Date | null;
};

export type TargetHealth = { id: string; state: string; reason: string | null; description: string | null };

/** Idempotency is by lookup first: ECS takes no client token for these writes. */
export interface Runtime {
  describeService(placement: Placement): Promise<ServiceState>;
  /** Many at once, batched by ten; missing services are left out. Keyed by `placementKey`. */
  describeServices(placements: Placement[]): Promise<Map<string, ServiceState>>;
  describeTaskDefinition(placement: Placement, arn: string): Promise<RegisteredTaskDefinition>;
  /** Newest revision of the family that carries the deployment's tag, if one was registered. */
  findTaskDefinition(
    placement: Placement,
    family: string,
    deploymentTag: string,
  ): Promise<RegisteredTaskDefinition | undefined>;
  registerTaskDefinition(
    placement: Placement,
    definition: TaskDefinition,
    deploymentTag: string,
  ): Promise<RegisteredTaskDefinition>;
  /** UpdateService. Repeating it with the same task definition changes nothing. */
  startRollout(placement: Placement, taskDefinitionArn: string): Promise<void>;
  /** Newest rollout of the service that brings the task definition, if ECS has made one. */
  findRollout(placement: Placement, taskDefinitionArn: string): Promise<Rollout | undefined>;
  describeRollout(placement: Placement, arn: string): Promise<Rollout>;
  /** StopServiceDeployment(ROLLBACK). May be too late: judge by the rollout. */
  stopRollout(placement: Placement, arn: string): Promise<void>;
  /** UpdateService with a desired count alone: no rollout. Repeating it changes nothing. */
  setDesiredCount(placement: Placement, desiredCount: number): Promise<void>;
  /** StopTask; the service starts another. A task that is stopping already is left as it is. */
  stopTask(placement: Placement, taskArn: string, reason: string): Promise<void>;
  /** Running tasks, and stopped ones as long as ECS remembers them. */
  listTasks(placement: Placement): Promise<RuntimeTask[]>;
  targetHealth(placement: Placement, targetGroupArn: string): Promise<TargetHealth[]>;
  alarms(placement: Placement, names: string[]): Promise<AlarmState[]>;
  /** Last `limit` lines that the task's container wrote, oldest first; empty when there is no stream. */
  lastLines(
    placement: Placement,
    definition: TaskDefinition,
    taskArn: string,
    container: string,
    limit: number,
  ): Promise<string[]>;
  logGroupExists(placement: Placement, name: string): Promise<boolean>;
  /** True, or why the reference cannot be resolved. Never reads the value. */
  secretExists(placement: Placement, valueFrom: string): Promise<true | string>;
  /** What is known of a reference, or why it cannot be resolved. Never reads the value. */
  describeSecret(placement: Placement, valueFrom: string): Promise<SecretDescription | string>;
  /** Secrets and parameters whose name contains `search`, at most fifty of each. Names only. */
  listSecrets(placement: Placement, search: string): Promise<Pick<SecretDescription, "kind" | "arn" | "name">[]>;
}

/** Where images are looked up. */
export interface Registry {
  /** Digest of `image` (`host/repository:tag` or `…@sha256:…`), or undefined when the registry has no such image. */
  digest(image: string, region: string): Promise<string | undefined>;
}

/** `accounts` is what is asked of accounts besides running deployments there. */
export type Ports = { runtime: Runtime; registry: Registry; accounts?: Accounts };

/** What an ARN ends with: `family:revision` of a task definition, the id of a task, a service's name. */
export function shortArn(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}

/** One string for a place where a service runs. */
export function placementKey(placement: Placement): string {
  return `${placement.accountId}/${placement.region}/${placement.cluster}/${placement.ecsService}`;
}
