import type { Db, Tx } from "../../db/client.ts";
import type { DeploymentDto } from "../schema.ts";

/** How far around a deployment other changes count as near it. */
const aroundMs = 30 * 60_000;

/** Other changes to the same service and environment from half an hour before a deployment to half an hour after it. */
export async function nearbyChanges(
  on: Db | Tx,
  row: { id: string; serviceId: string; environmentId: string; createdAt: Date; finishedAt: Date | null },
): Promise<DeploymentDto["nearby"]> {
  const from = new Date(row.createdAt.getTime() - aroundMs);
  const to = new Date((row.finishedAt ?? row.createdAt).getTime() + aroundMs);
  const rows = await on.change.findMany({
    where: {
      serviceId: row.serviceId,
      environmentId: row.environmentId,
      at: { gte: from, lte: to },
      NOT: { subjectId: row.id },
    },
    orderBy: { id: "desc" },
    take: 20,
  });
  return rows.map(({ id, at, kind, title }) => ({ id, at: at.toISOString(), kind, title }));
}
