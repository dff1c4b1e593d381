/**
 * What the parts of local AWS know of each other. Each AWS service is a `ServiceDefinition` (its wire
 * protocol and one function per action) plus, where other services need it, a small in-process port
 * on `World`. Nothing here is known to the portal: it meets local AWS over HTTP only.
 */

/** Wall-clock timestamps; delays shrink by `LOCAL_AWS_TIME_SCALE` so that an hour can pass in a minute. */
export type Clock = {
  /** Epoch milliseconds, never scaled. */
  now(): number;
  readonly scale: number;
  /** AWS milliseconds to real milliseconds. */
  real(awsMs: number): number;
  /** Calls back after `awsMs` of AWS time; returns a cancel function. Never keeps the process alive. */
  after(awsMs: number, run: () => void): () => void;
};

/** Who calls, from the request's SigV4 credential scope. Unsigned calls are refused by the wire. */
export type Caller = {
  accountId: string;
  region: string;
  accessKeyId: string;
  requestId: string;
  /**
   * Tells the journal what this call did. Actions listed in `writes` count as "changed" unless they say
   * otherwise: an idempotent repeat says `caller.record?.("none", arn)`.
   */
  record?: (effect: "changed" | "none", subject?: string) => void;
};

/** An account and region, or a region of the default account (000000000000). A `Caller` is one too. */
export type Place = string | { accountId: string; region: string };

/**
 * May be async. Timestamps in `input` arrive as `Date`, blobs as `Uint8Array`, members that the SDK's schema
 * does not know are gone. `Date`s in the result become epoch seconds (JSON) or ISO 8601 (XML).
 */
export type Action = (world: World, input: never, caller: Caller) => unknown;

export type ServiceDefinition = {
  /** As in the credential scope: ecs, elasticloadbalancing, monitoring, logs, sts, secretsmanager, ssm, ecr. */
  name: string;
  protocol: "json-1.0" | "json-1.1" | "query";
  /** `X-Amz-Target` prefix (JSON) or API version (query). */
  target: string;
  actions: Record<string, Action>;
  /** Token buckets by name, and which action draws from which (ecs.md 2.8). */
  buckets?: Record<string, { burst: number; perSecond: number; actions: string[] }>;
  /** Whether an action writes, and hence appears in the journal with its effect. */
  writes?: readonly string[];
};

/** Thrown by actions; the wire renders it in the protocol of the service. */
export class AwsError extends Error {
  readonly type: string;
  readonly status: number;
  constructor(type: string, message: string, status = 400) {
    super(message);
    this.type = type;
    this.status = status;
  }
}

/** One call and what it did. `effect` tells a repeated, idempotent call (`none`) from one that changed something. */
export type JournalEntry = {
  at: number;
  requestId: string;
  service: string;
  action: string;
  caller: string;
  input: unknown;
  outcome: "ok" | "error";
  error?: string;
  effect: "changed" | "none";
  /** ARN of what was changed or found. */
  subject?: string;
};

export type Journal = {
  write(entry: JournalEntry): void;
  read(filter?: { service?: string; action?: string; since?: number }): JournalEntry[];
};

/** Named documents that survive a restart: saved soon after `touch`, and on close, by atomic rename. */
export type Store = {
  /** Returns the saved document or the initial one; the object is live, call `touch` after changing it. */
  document<T extends object>(name: string, initial: () => T): T;
  touch(name: string): void;
  flush(): Promise<void>;
};

export type Target = { id: string; host: string; port: number };
export type TargetState = "initial" | "healthy" | "unhealthy" | "unused" | "draining" | "unavailable";

/** What ECS asks of the load balancer. */
export type LoadBalancing = {
  exists(targetGroupArn: string): boolean;
  register(targetGroupArn: string, target: Target): void;
  /** Starts draining; `drained` fires after the group's deregistration delay. */
  deregister(targetGroupArn: string, targetId: string, drained: () => void): void;
  health(targetGroupArn: string, targetId: string): { state: TargetState; reason?: string; description?: string };
  /** Fires whenever any target's state changes. */
  onChange(listener: (targetGroupArn: string, targetId: string) => void): void;
  /** Whether a listener or rule forwards to the group; ECS refuses a service whose group no load balancer uses. */
  inUse(targetGroupArn: string): boolean;
};

export type LogSink = {
  groupExists(place: Place, group: string): boolean;
  /** Creates the stream when absent; a line for a group that does not exist is dropped. `at` is epoch ms. */
  append(place: Place, group: string, stream: string, message: string, at: number): void;
};

export type SecretResolver = {
  /**
   * ARN of a secret (with optional `:jsonKey:stage:version`), ARN or name of a parameter. Throws AwsError of type
   * `ResourceInitializationError` whose message is ECS's own wording without that prefix.
   */
  resolve(valueFrom: string, place: Place): string;
};

/** A program that stands for a container image. */
export type Image = {
  repository: string;
  tag: string;
  digest: string;
  /** Path of the program from the repository root, run by Node. */
  program: string;
  /** Baked into the image: set before the container's own environment. */
  environment: Record<string, string>;
  /** Exists in the registry but cannot be pulled (`-missing`). */
  pullFails: boolean;
};

export type Registry = {
  /** `repo:tag`, `repo@sha256:…` or `repo:tag@sha256:…`, with or without a registry host. */
  find(reference: string): Image | undefined;
};

export type Metrics = {
  put(
    place: Place,
    namespace: string,
    name: string,
    dimensions: Record<string, string>,
    value: number,
    unit?: string,
  ): void;
  /** Undefined when no such alarm exists. */
  alarmState(place: Place, name: string): "OK" | "ALARM" | "INSUFFICIENT_DATA" | undefined;
};

export type LocalAwsOptions = {
  port: number;
  dataDir: string;
  timeScale: number;
  /** JSON file that maps image references to programs. */
  imagesFile: string;
  /** Root that image programs are relative to. */
  root: string;
  /** Host that listeners bind and that `DNSName` answers. */
  host: string;
};

export type World = {
  options: LocalAwsOptions;
  clock: Clock;
  journal: Journal;
  store: Store;
  elb: LoadBalancing;
  logs: LogSink;
  secrets: SecretResolver;
  registry: Registry;
  metrics: Metrics;
  /** Runs at shutdown, last registered first. */
  onClose(run: () => Promise<void> | void): void;
};
