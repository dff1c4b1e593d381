import { DescribeLogGroupsCommand, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { RuntimeFailure, shortArn, type Placement, type TaskDefinition } from "../deployments/ports.ts";
import type { ClientSource } from "./clients.ts";
import { awsCall } from "./failure.ts";

/** GetLogEvents may answer an empty page although there are older events; this many pages are looked at. */
const maxPages = 4;

type Stream = { group: string; stream: string; region: string | undefined };

/** Where a container of a task logs: stream `prefix/container/task-id`. Undefined unless it uses awslogs with a prefix. */
export function logStream(definition: TaskDefinition, taskArn: string, container: string): Stream | undefined {
  const { logConfiguration } = definition.containerDefinitions.find((one) => one.name === container) ?? {};
  const options = logConfiguration?.options ?? {};
  const [group, prefix] = [options["awslogs-group"], options["awslogs-stream-prefix"]];
  // Without a prefix the stream is named after Docker's container id, which a task does not tell.
  if (logConfiguration?.logDriver !== "awslogs" || !group || !prefix) return undefined;
  const taskId = shortArn(taskArn);
  return { group, stream: `${prefix}/${container}/${taskId}`, region: options["awslogs-region"] };
}

type LinesRequest = {
  placement: Placement;
  definition: TaskDefinition;
  taskArn: string;
  container: string;
  limit: number;
};

/** Last lines of a container, oldest first; empty when it wrote none or logs elsewhere. */
export async function lastLines(clients: ClientSource, request: LinesRequest): Promise<string[]> {
  const { placement, definition, taskArn, container, limit } = request;
  const found = logStream(definition, taskArn, container);
  if (!found || limit < 1) return [];
  const { logs } = await clients.of({ ...placement, region: found.region ?? placement.region });
  const target = { operation: "logs:GetLogEvents", resource: `the log stream ${found.group} ${found.stream}` };
  let lines: string[] = [];
  let nextToken: string | undefined;
  try {
    for (let page = 0; page < maxPages && lines.length < limit; page += 1) {
      const command = new GetLogEventsCommand({
        logGroupName: found.group,
        logStreamName: found.stream,
        startFromHead: false,
        limit: Math.min(limit - lines.length, 10_000),
        nextToken,
      });
      const answer = await awsCall(target, (options) => logs.send(command, options));
      lines = [...(answer.events ?? []).map((event) => event.message ?? ""), ...lines];
      if (!answer.nextBackwardToken || answer.nextBackwardToken === nextToken) break;
      nextToken = answer.nextBackwardToken;
    }
  } catch (error) {
    if (error instanceof RuntimeFailure && error.kind === "not_found") return [];
    throw error;
  }
  return lines.slice(-limit).map((line) => line.replace(/\r?\n$/, ""));
}

/** Whether a log group exists; a prefix search lists the exact name first. */
export async function logGroupExists(clients: ClientSource, placement: Placement, name: string): Promise<boolean> {
  const { logs } = await clients.of(placement);
  const target = { operation: "logs:DescribeLogGroups", resource: `the log group ${name}` };
  const command = new DescribeLogGroupsCommand({ logGroupNamePrefix: name, limit: 50 });
  const answer = await awsCall(target, (options) => logs.send(command, options));
  return (answer.logGroups ?? []).some((group) => group.logGroupName === name);
}
