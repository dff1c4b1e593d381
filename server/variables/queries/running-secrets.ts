import type { Db, Tx } from "../../db/client.ts";
import { secretReferences } from "../../deployments/gates/secrets.ts";
import type { TaskDefinition } from "../../deployments/ports.ts";

type Running = { id: string; taskDefinitionArn: string | null };

/** A secret that a task definition refers to: what it is called there, and the reference as ECS reads it. */
export type RunningSecret = { name: string; valueFrom: string };

/**
 * The task definition that a target runs, as the portal registered it; undefined when somebody else did, so that only
 * AWS knows it.
 */
export async function keptDefinition(
  on: Db | Tx,
  { id, taskDefinitionArn: arn }: Running,
): Promise<TaskDefinition | undefined> {
  if (!arn) return undefined;
  const run = await on.deploymentTarget.findFirst({
    where: { targetId: id, OR: [{ taskDefinitionArn: arn }, { rollbackTaskDefinitionArn: arn }] },
    select: { taskDefinitionArn: true, taskDefinition: true, previousTaskDefinition: true },
    orderBy: { id: "desc" },
  });
  const kept = run?.taskDefinitionArn === arn ? run.taskDefinition : run?.previousTaskDefinition;
  // Only the engine writes the columns, from the port's own type.
  return (kept ?? undefined) as TaskDefinition | undefined;
}

/** What a task definition refers to. */
export function secretsOf(definition: TaskDefinition | undefined): RunningSecret[] {
  return definition ? secretReferences(definition.containerDefinitions) : [];
}
