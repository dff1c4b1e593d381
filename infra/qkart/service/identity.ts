import { hostname } from "node:os";

export type Identity = {
  service: string;
  version: string;
  environment: string;
  /** Id of the ECS task, or the host's name outside ECS. */
  task: string;
  /** AWS time over real time: 1 on AWS, more on local AWS. */
  timeScale: number;
};

/** Who this process is, from the variables that the image and ECS set. */
export function readIdentity(service: string, env: NodeJS.ProcessEnv): Identity {
  return {
    service,
    version: env["QKART_VERSION"] ?? "0.0.0",
    environment: env["QKART_ENVIRONMENT"] ?? "local",
    task: taskId(env),
    timeScale: positive(env["TIME_SCALE"], 1),
  };
}

function taskId(env: NodeJS.ProcessEnv): string {
  const fromArn = env["ECS_TASK_ARN"]?.split("/").at(-1);
  // On ECS this is `…/v4/<task id>-<container id>`; task ids have no hyphen.
  const fromMetadata = env["ECS_CONTAINER_METADATA_URI_V4"]?.split("/").at(-1)?.split("-")[0];
  return fromArn ?? fromMetadata ?? hostname();
}

function positive(text: string | undefined, fallback: number): number {
  const value = Number(text);
  return Number.isFinite(value) && value > 0 ? value : fallback;
}

/** Whether a version is at least `major.minor`; a suffix is ignored, so `1.1.0-slow` has what 1.1 has. */
export function isAtLeast(version: string, major: number, minor: number): boolean {
  const [ownMajor = 0, ownMinor = 0] = version.split(/[.-]/).map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}
