import { actorNames } from "../../core/actor-names.ts";
import { AppError } from "../../core/errors.ts";
import type { Tx } from "../../db/client.ts";
import { holderInWords } from "../../services/rules.ts";
import { activeStatuses } from "../schema.ts";

/** Locks targets until the transaction ends, so that two people who press Deploy at once come one after the other. */
export async function lockTargets(tx: Tx, targetIds: string[]): Promise<void> {
  await tx.$queryRaw`select id from targets where id = any(${targetIds}) order by id for update`;
}

/** The deployment that holds one of the targets, in words, or undefined. */
export async function findHolder(tx: Tx, targetIds: string[]): Promise<{ id: string; words: string; by: string } | undefined> {
  const held = await tx.deploymentTarget.findFirst({
    where: { targetId: { in: targetIds }, status: { in: [...activeStatuses] } },
    include: { deployment: { include: { release: true } } },
  });
  if (!held) return undefined;
  const { deployment } = held;
  const by = (await actorNames(tx, [deployment.createdBy]))(deployment.createdBy).name;
  const { kind, status, release, id } = deployment;
  return { id, by, words: holderInWords({ version: release.version, kind, status, by }) };
}

/** Throws `conflict` that names the deployment under way. */
export async function refuseWhenHeld(tx: Tx, targetIds: string[]): Promise<void> {
  const holder = await findHolder(tx, targetIds);
  if (!holder) return;
  throw new AppError("conflict", holder.words, { reason: "deployment_active", deployment: holder.id, by: holder.by });
}
