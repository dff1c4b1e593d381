/** A task that ECS could not start; the message is the task's `stoppedReason`. */
export class StartFailure extends Error {}

/** In the words of the Fargate agent, as AWS documents its stopped-task error codes. */
export function cannotPull(image: string): StartFailure {
  return new StartFailure(
    `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${image}: ` +
      `${image}: not found`,
  );
}

/** The agent validates the log driver before it pulls. */
export function logGroupMissing(group: string): StartFailure {
  return new StartFailure(
    "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to " +
      "create Cloudwatch log stream: operation error CloudWatch Logs: CreateLogStream, https response error " +
      `StatusCode: 400, ResourceNotFoundException: The specified log group does not exist. (${group}) : exit status 1`,
  );
}

/** `message` is the resolver's own. */
export function secretsMissing(message: string): StartFailure {
  return new StartFailure(`ResourceInitializationError: ${message}`);
}
