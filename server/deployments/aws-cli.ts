import type { Placement } from "./ports.ts";

/** Quotes for a POSIX shell; names that AWS allows pass as they are. */
function quoted(text: string): string {
  return /^[\w./:@=+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

type Where = Pick<Placement, "region" | "cluster" | "ecsService">;

type Option = [name: string, value?: string];

function awsEcs(verb: string, options: readonly Option[]): string {
  const words = options.map(([name, value]) => (value === undefined ? name : `${name} ${quoted(value)}`));
  return [`aws ecs ${verb}`, ...words].join(" ");
}

const serviceAt = ({ region, cluster, ecsService }: Where): Option[] => [
  ["--region", region],
  ["--cluster", cluster],
  ["--service", ecsService],
];

/**
 * The command that brings a task definition back without the portal. It names an exact revision, so that running it
 * twice changes nothing the second time. `endpointUrl` is for an AWS that is not at its usual address.
 */
export function updateServiceCommand(placement: Where, taskDefinitionArn: string, endpointUrl?: string): string {
  const endpoint: Option[] = endpointUrl ? [["--endpoint-url", endpointUrl]] : [];
  return awsEcs("update-service", [...endpoint, ...serviceAt(placement), ["--task-definition", taskDefinitionArn]]);
}

/** The command that replaces all tasks by fresh ones of the same task definition. */
export function restartCommand(placement: Where): string {
  return awsEcs("update-service", [...serviceAt(placement), ["--force-new-deployment"]]);
}

/** The command that sets how many tasks run; `count` is a number, or what stands for one. */
export function scaleCommand(placement: Where, count: string): string {
  return awsEcs("update-service", [...serviceAt(placement), ["--desired-count", count]]);
}

/** The command that stops one task; `task` is its id or ARN, or what stands for it. */
export function stopTaskCommand({ region, cluster }: Where, task: string): string {
  return awsEcs("stop-task", [
    ["--region", region],
    ["--cluster", cluster],
    ["--task", task],
    ["--reason", "Stopped by hand"],
  ]);
}
