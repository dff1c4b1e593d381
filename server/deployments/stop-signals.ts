import type { RuntimeTask } from "./ports.ts";

export type SignalKind =
  | "exit_code"
  | "out_of_memory"
  | "health_check"
  | "image_pull"
  | "secrets"
  | "logs"
  | "start"
  | "infrastructure"
  | "normal";

/** Why one task stopped. `normal` and `infrastructure` are not the release's fault. */
export type Signal = { kind: SignalKind; headline: string; advice: string };

type Stop = { task: RuntimeTask; container: string; text: string };
type Rule = { kind: SignalKind; when(stop: Stop): boolean; headline(stop: Stop): string; advice: string };

/** A task that ends sooner than this never did its work; real milliseconds. */
const rightAfterMs = 30_000;

function howLong({ createdAt, startedAt, stoppedAt }: RuntimeTask): string {
  const from = startedAt ?? createdAt;
  const ranMs = from && stoppedAt ? stoppedAt.getTime() - from.getTime() : 0;
  if (ranMs < rightAfterMs) return "right after it started";
  const minutes = Math.round(ranMs / 60_000);
  if (minutes < 2) return `after ${Math.round(ranMs / 1000)} seconds`;
  return minutes < 120 ? `after ${minutes} minutes` : `after ${Math.round(minutes / 60)} hours`;
}

const says = (pattern: RegExp) => (stop: Stop) => pattern.test(stop.text);
const pulls = (pattern: RegExp) => (stop: Stop) => /CannotPull/i.test(stop.text) && pattern.test(stop.text);
const exits =
  (...codes: number[]) =>
  ({ task }: Stop) =>
    task.exitCode !== null && codes.includes(task.exitCode);
const exited = ({ task, container }: Stop) => `The ${container} exited with code ${task.exitCode} ${howLong(task)}.`;

const image: Rule[] = [
  {
    kind: "image_pull",
    when: pulls(/toomanyrequests|rate limit/i),
    headline: ({ container }) =>
      `The image of the ${container} could not be pulled: the registry limits how often it may be asked.`,
    advice: "Let ECS sign in to the registry, or pull through an ECR pull-through cache.",
  },
  {
    kind: "image_pull",
    when: pulls(/no space left/i),
    headline: ({ container }) => `The image of the ${container} could not be pulled: the disk is full.`,
    advice: "Give the task more ephemeral storage, or the instance a larger disk.",
  },
  {
    kind: "image_pull",
    when: pulls(/access ?denied|not authorized|no basic auth|403/i),
    headline: ({ container }) => `The image of the ${container} could not be pulled: the registry refused access.`,
    advice:
      "Give the task's execution role ecr:GetAuthorizationToken, ecr:BatchGetImage and ecr:GetDownloadUrlForLayer.",
  },
  {
    kind: "image_pull",
    when: pulls(/no matching manifest|exec format|platform/i),
    headline: ({ container }) => `The image of the ${container} is not built for the processor that the task runs on.`,
    advice: "Build the image for the task's runtimePlatform.cpuArchitecture, or for both architectures.",
  },
  {
    kind: "image_pull",
    when: pulls(/not found|manifest unknown|does not exist/i),
    headline: ({ container }) => `The image of the ${container} could not be pulled: the registry does not have it.`,
    advice: "Check that this account and region hold the image and that nobody deleted it since, then build it again.",
  },
  {
    kind: "image_pull",
    when: pulls(/timeout|timed out|cancell?ed|deadline|no route|connection/i),
    headline: ({ container }) =>
      `The image of the ${container} could not be pulled: the registry could not be reached.`,
    advice:
      "In a public subnet assign a public IP. In a private one give it a NAT gateway or endpoints for ECR, S3 and logs.",
  },
  {
    kind: "image_pull",
    when: says(/CannotPull/i),
    headline: ({ container }) => `The image of the ${container} could not be pulled.`,
    advice: "Check the image reference, the execution role and the way from the subnet to the registry.",
  },
];

const resources: Rule[] = [
  {
    kind: "logs",
    when: says(/logger args|log ?stream|log ?group|log driver/i),
    headline: () => "The task could not start, because its log group does not exist or may not be written.",
    advice: "Create the log group that the task definition names, and let the execution role write to it.",
  },
  {
    kind: "secrets",
    when: says(/json key/i),
    headline: () => "A secret lacks the JSON key that the task definition asks for.",
    advice: "Add the key to the secret, or correct it in the task definition. ECS's own words below name it.",
  },
  {
    kind: "secrets",
    when: says(/ResourceInitializationError.*(access ?denied|not authorized)/is),
    headline: () => "The task's execution role may not read a secret that the task needs.",
    advice:
      "Let the execution role call secretsmanager:GetSecretValue or ssm:GetParameters on it, and kms:Decrypt on its key.",
  },
  {
    kind: "secrets",
    when: says(/ResourceInitializationError.*(secret|parameter|registry auth)/is),
    headline: () => "A secret that the task needs could not be fetched.",
    advice:
      "Check that the secret or parameter exists in this region, and that the subnet reaches Secrets Manager or SSM.",
  },
  {
    kind: "start",
    when: says(/EFS|CannotCreateVolume/i),
    headline: () => "A volume of the task could not be mounted.",
    advice: "Open port 2049 from the task's security group to the file system, and check its access point.",
  },
];

const process: Rule[] = [
  {
    kind: "out_of_memory",
    when: says(/OutOfMemory/i),
    headline: ({ task, container }) => `The ${container} ran out of memory ${howLong(task)} and was killed.`,
    advice: "Raise its memory limit in the task definition, or find what this version holds on to.",
  },
  {
    kind: "start",
    when: (stop) => /exec format error/i.test(stop.text),
    headline: ({ container }) =>
      `The program of the ${container} is not built for the processor that the task runs on.`,
    advice: "Build the image for the task's runtimePlatform.cpuArchitecture, or for both architectures.",
  },
  {
    kind: "start",
    when: says(/CannotStartContainer|executable file not found|ContainerRuntime/i),
    headline: ({ container }) => `The ${container} could not be started.`,
    advice: "Check the command and entry point of the container: ECS's own words below say what it tried.",
  },
  {
    kind: "health_check",
    when: says(/failed ELB health checks|unhealthy in \(?(elb|target)/i),
    headline: () => "Tasks failed the load balancer's health check.",
    advice:
      "Check the health path, the port and the security group, and whether the grace period leaves time to start.",
  },
  {
    kind: "health_check",
    when: says(/health ?check/i),
    headline: ({ container }) => `The ${container} failed its own health check.`,
    advice: "Run the check's command in the container, and see whether its start period leaves time to start.",
  },
  {
    kind: "out_of_memory",
    when: exits(137),
    headline: ({ task, container }) =>
      `The ${container} was killed ${howLong(task)} (exit code 137), as happens when memory runs out.`,
    advice:
      "Compare its memory with the limit. If it was asked to stop before, it ignored SIGTERM until its stop timeout.",
  },
  {
    kind: "exit_code",
    when: exits(139),
    headline: ({ task, container }) =>
      `The ${container} crashed with a segmentation fault (exit code 139) ${howLong(task)}.`,
    advice: "Look for a native module or library that changed in this version.",
  },
  {
    kind: "exit_code",
    when: exits(126, 127),
    headline: exited,
    advice: "The command was not found or may not be executed: check command, entry point and file modes in the image.",
  },
  {
    kind: "exit_code",
    when: exits(255),
    headline: exited,
    advice:
      "Code 255 often means a program built for another processor: compare the image with runtimePlatform.cpuArchitecture.",
  },
  {
    kind: "exit_code",
    when: exits(0),
    headline: ({ task, container }) => `The ${container} ended by itself (exit code 0) ${howLong(task)}.`,
    advice: "The main process of a service has to keep running: check the command and what makes it end.",
  },
  {
    kind: "exit_code",
    when: ({ task }) => task.exitCode !== null && task.exitCode !== 143,
    headline: exited,
    advice: "Its last lines below usually say why. Compare variables and secrets with the last release that worked.",
  },
  {
    kind: "start",
    when: ({ task }) => task.stopCode === "TaskFailedToStart" || task.stopCode === "EssentialContainerExited",
    headline: ({ task }) => (task.startedAt ? "A task stopped by itself." : "A task could not start."),
    advice: "ECS's own words below say what it knows.",
  },
];

const outside: Rule[] = [
  {
    kind: "infrastructure",
    when: ({ task }) => ["SpotInterruption", "TerminationNotice", "InfrastructureHealth"].includes(task.stopCode ?? ""),
    headline: () => "AWS took away the capacity under a task. The release did nothing wrong.",
    advice: "Deploy again. If it happens often, run more tasks on on-demand capacity.",
  },
  {
    kind: "normal",
    when: ({ task, text }) =>
      (task.stopCode === "UserInitiated" || task.stopCode === "ServiceSchedulerInitiated") &&
      !/health ?check|unhealthy/i.test(text),
    headline: ({ task }) =>
      task.stopCode === "UserInitiated" ? "A person stopped the task." : "ECS replaced the task.",
    advice: "Nothing to do.",
  },
];

// What happened outside comes first: a task that ECS stopped has an exit code too, and it says nothing.
const rules: readonly Rule[] = [...outside, ...image, ...resources, ...process];

/** Why a task stopped, by its stop code, reasons and exit code (ecs.md 4.4). Undefined while it has not stopped. */
export function stopSignal(task: RuntimeTask): Signal | undefined {
  if (task.stopCode === null && task.stoppedReason === null && task.exitCode === null) return undefined;
  const container = task.containerName ? `container \`${task.containerName}\`` : "container";
  const stop = { task, container, text: [task.stoppedReason, task.containerReason].filter(Boolean).join(" ") };
  const rule = rules.find((one) => one.when(stop));
  return rule && { kind: rule.kind, headline: rule.headline(stop), advice: rule.advice };
}
