import type { Placement } from "./ports.ts";

/** Quotes for a POSIX shell; names that AWS allows pass as they are. */
function quoted(text: string): string {
  return /^[\w./:@=+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * The command that brings a task definition back without the portal. It names an exact revision, so that running it
 * twice changes nothing the second time. `endpointUrl` is for an AWS that is not at its usual address.
 */
export function updateServiceCommand(
  placement: Pick<Placement, "region" | "cluster" | "ecsService">,
  taskDefinitionArn: string,
  endpointUrl?: string,
): string {
  const options = [
    ...(endpointUrl ? [["--endpoint-url", endpointUrl]] : []),
    ["--region", placement.region],
    ["--cluster", placement.cluster],
    ["--service", placement.ecsService],
    ["--task-definition", taskDefinitionArn],
  ];
  return ["aws ecs update-service", ...options.map(([name, value]) => `${name} ${quoted(value ?? "")}`)].join(" ");
}
