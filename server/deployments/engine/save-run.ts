import type { Ctx } from "../../core/context.ts";
import type { Tx } from "../../db/client.ts";
import { Prisma } from "../../db/generated/client.ts";
import { deploymentStatus, isActive } from "../rules.ts";
import type { DeploymentStatus } from "../schema.ts";
import type { Patch } from "../steps/step.ts";
import type { RunRow } from "./load.ts";

/** Somebody else moved the run since it was read. */
export class LostRace extends Error {}

const json = (value: object | null) => (value === null ? Prisma.DbNull : (value as Prisma.InputJsonObject));

function columns(patch: Patch): Prisma.DeploymentTargetUpdateManyMutationInput {
  const { taskDefinition, previousTaskDefinition, cause, ...plain } = patch;
  return {
    ...plain,
    ...(taskDefinition !== undefined ? { taskDefinition: json(taskDefinition) } : {}),
    ...(previousTaskDefinition !== undefined ? { previousTaskDefinition: json(previousTaskDefinition) } : {}),
    ...(cause !== undefined ? { cause: json(cause) } : {}),
  };
}

/** Saves fields of a run if nobody else did since it was read; throws `LostRace` otherwise. */
export async function saveRun(
  tx: Tx,
  row: RunRow,
  patch: Omit<Patch, "status"> & { status?: string },
  step?: string,
): Promise<void> {
  const { status, ...rest } = patch;
  const { count } = await tx.deploymentTarget.updateMany({
    where: { id: row.id, rowVersion: row.rowVersion },
    data: {
      ...columns(rest),
      ...(status ? { status } : {}),
      ...(step ? { step } : {}),
      attempts: 0,
      lastError: null,
      failingSince: null,
      rowVersion: { increment: 1 },
    },
  });
  if (count !== 1) throw new LostRace();
}

/** Brings the deployment's own status in line with its targets'. Returns it. */
export async function settleDeployment(tx: Tx, ctx: Ctx, deploymentId: string): Promise<DeploymentStatus> {
  const runs = await tx.deploymentTarget.findMany({
    where: { deploymentId },
    select: { status: true, cause: true },
  });
  const status = deploymentStatus(runs.map((run) => run.status as DeploymentStatus));
  const ended = !isActive(status);
  await tx.deployment.update({
    where: { id: deploymentId },
    data: {
      status,
      rowVersion: { increment: 1 },
      cause: json((runs.find((run) => run.cause)?.cause as object | undefined) ?? null),
      ...(ended ? { finishedAt: ctx.now() } : {}),
    },
  });
  return status;
}
