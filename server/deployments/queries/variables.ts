import type { Db, Tx } from "../../db/client.ts";
import { entriesOf } from "../../variables/queries/versions.ts";
import { diff } from "../../variables/rules.ts";
import type { DeploymentVariablesDto } from "../schema.ts";

/** Config versions before and with a deployment, and the names of what differs between them. */
export async function variablesBetween(
  on: Db | Tx,
  { fromId, toId }: { fromId: string | null; toId: string | null },
): Promise<DeploymentVariablesDto> {
  const ids = [fromId, toId].filter((id) => id !== null);
  const rows =
    ids.length === 0
      ? []
      : await on.configVersion.findMany({ where: { id: { in: ids } }, select: { id: true, number: true } });
  const numberOf = (id: string | null) => rows.find((row) => row.id === id)?.number ?? null;
  // Without an earlier version it is not known here what the task definition had: its own differences say it.
  const differ = fromId && toId && fromId !== toId ? diff(await entriesOf(on, fromId), await entriesOf(on, toId)) : [];
  const named = (change: string) => [...new Set(differ.filter((one) => one.change === change).map((one) => one.name))];
  return {
    from: numberOf(fromId),
    to: numberOf(toId),
    added: named("added"),
    changed: named("changed"),
    removed: named("removed"),
  };
}

/** Config version with which a release last worked on a target; null when none did, or it had none. */
export async function lastGoodConfig(
  on: Db | Tx,
  { targetId, releaseId }: { targetId: string; releaseId: string },
): Promise<string | null> {
  const last = await on.deploymentTarget.findFirst({
    where: { targetId, status: "succeeded", deployment: { releaseId } },
    orderBy: { id: "desc" },
    select: { deployment: { select: { configVersionId: true } } },
  });
  return last?.deployment.configVersionId ?? null;
}
