import { query } from "../../core/query.ts";
import type { Db, Tx } from "../../db/client.ts";
import type { Target } from "../../db/generated/client.ts";
import { restartCommand, scaleCommand, stopTaskCommand, updateServiceCommand } from "../../deployments/aws-cli.ts";
import { wayOut } from "../rules.ts";
import { targetInput, type TargetCommandsDto } from "../schema.ts";
import { findTarget } from "./one-target.ts";

/** The last other release that works here, with the task definition that brought it to this target. */
async function lastGood(
  on: Db | Tx,
  { id, releaseId, environmentId }: Target,
): Promise<{ version: string; arn: string } | undefined> {
  const run = await on.deploymentTarget.findFirst({
    where: {
      targetId: id,
      status: "succeeded",
      taskDefinitionArn: { not: null },
      deployment: {
        ...(releaseId ? { releaseId: { not: releaseId } } : {}),
        release: { verdicts: { some: { environmentId, verdict: "good" } } },
      },
    },
    orderBy: { id: "desc" },
    select: { taskDefinitionArn: true, deployment: { select: { release: { select: { version: true } } } } },
  });
  return run?.taskDefinitionArn ? { version: run.deployment.release.version, arn: run.taskDefinitionArn } : undefined;
}

/** What to type when the portal is down: the everyday acts on a target as commands of the AWS CLI. */
export const getTargetCommands = query({
  name: "getTargetCommands",
  permission: "all:read",
  input: targetInput,
  async run({ db }, input): Promise<TargetCommandsDto> {
    const target = await findTarget(db, input);
    const good = await lastGood(db, target);
    return {
      restore: wayOut(target),
      rollBack: good ? { version: good.version, command: updateServiceCommand(target, good.arn) } : null,
      restart: restartCommand(target),
      scale: scaleCommand(target, "COUNT"),
      stopTask: stopTaskCommand(target, "TASK"),
    };
  },
});
