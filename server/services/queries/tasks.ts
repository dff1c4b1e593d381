import { isoOrNull } from "../../core/dto.ts";
import type { Db, Tx } from "../../db/client.ts";
import type { Environment, Task } from "../../db/generated/client.ts";
import { shortArn } from "../../deployments/ports.ts";
import { environmentRefOf } from "../../environments/queries.ts";
import type { TaskDto } from "../schema.ts";

/** Versions behind task definitions, as far as the portal brought them. */
async function versionsOf(on: Db | Tx, targetIds: string[], arns: string[]): Promise<Map<string, string>> {
  const rows = await on.deploymentTarget.findMany({
    where: {
      targetId: { in: targetIds },
      OR: [{ taskDefinitionArn: { in: arns } }, { rollbackTaskDefinitionArn: { in: arns } }],
    },
    select: {
      taskDefinitionArn: true,
      rollbackTaskDefinitionArn: true,
      deployment: { select: { release: { select: { version: true } }, fromRelease: { select: { version: true } } } },
    },
  });
  const versions = new Map<string, string>();
  for (const { taskDefinitionArn, rollbackTaskDefinitionArn, deployment } of rows) {
    if (taskDefinitionArn) versions.set(taskDefinitionArn, deployment.release.version);
    const back = deployment.fromRelease?.version;
    if (rollbackTaskDefinitionArn && back) versions.set(rollbackTaskDefinitionArn, back);
  }
  return versions;
}

/** Tasks as the API shows them, with the version that each runs. */
export async function taskDtosOf(
  on: Db | Tx,
  rows: (Task & { target: { environment: Environment } })[],
): Promise<TaskDto[]> {
  const targetIds = [...new Set(rows.map((row) => row.targetId))];
  const versions = await versionsOf(on, targetIds, [...new Set(rows.map((row) => row.taskDefinitionArn))]);
  return rows.map((row) => ({
    arn: row.arn,
    id: shortArn(row.arn),
    targetId: row.targetId,
    environment: environmentRefOf(row.target.environment),
    version: versions.get(row.taskDefinitionArn) ?? null,
    taskDefinitionArn: row.taskDefinitionArn,
    lastStatus: row.lastStatus,
    desiredStatus: row.desiredStatus,
    healthStatus: row.healthStatus,
    stopCode: row.stopCode,
    stoppedReason: row.stoppedReason,
    exitCode: row.exitCode,
    containerReason: row.containerReason,
    lastLines: row.lastLines,
    createdAt: isoOrNull(row.createdAt),
    startedAt: isoOrNull(row.startedAt),
    stoppedAt: isoOrNull(row.stoppedAt),
  }));
}
