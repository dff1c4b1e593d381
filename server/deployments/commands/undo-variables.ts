import type { CommandContext } from "../../core/command.ts";
import { AppError } from "../../core/errors.ts";
import type { Target } from "../../db/generated/client.ts";
import { revertVariables } from "../../variables/commands/revert.ts";
import { newestVersion } from "../../variables/queries/versions.ts";
import type { DeploymentRow } from "../queries/one.ts";
import { variablesUndoable } from "../rules.ts";
import type { OnConflict } from "../schema.ts";
import { beginDeployment } from "./begin.ts";
import { runningRelease } from "./choose-content.ts";

type Asked = { deployment: DeploymentRow; targets: Target[]; reason: string; onConflict?: OnConflict };

/**
 * Undoes a deployment that brought variables alone: the version that ran before becomes the newest again, and goes out
 * with the release that runs. Answers the new deployment's id.
 */
export async function undoVariables(
  ctx: CommandContext,
  { deployment, targets, reason, onConflict }: Asked,
): Promise<string> {
  const { service, environment, fromConfigVersionId } = deployment;
  const isCurrent = targets.some((target) => target.configVersionId === deployment.configVersionId);
  const allowed = variablesUndoable({ isCurrent, hasEarlier: fromConfigVersionId !== null });
  if (allowed !== true || !fromConfigVersionId) {
    throw new AppError("conflict", String(allowed), { reason: isCurrent ? "no_rollback_target" : "not_current" });
  }
  const earlier = await ctx.tx.configVersion.findUniqueOrThrow({ where: { id: fromConfigVersionId } });
  const place = { service: service.id, environment: environment.id };
  const newest = await newestVersion(ctx.tx, { service, environment });
  const saved = await revertVariables(ctx, {
    ...place,
    to: earlier.number,
    expectedNumber: newest?.number ?? 0,
    reason,
  });
  return beginDeployment(ctx, {
    kind: "config",
    configVersionId: saved.version.id,
    service,
    environment,
    targets,
    reason,
    release: await runningRelease(ctx, service, targets),
    rollbackOfId: deployment.id,
    ...(onConflict ? { onConflict } : {}),
  });
}
