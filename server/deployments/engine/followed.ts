import type { Db, Tx } from "../../db/client.ts";
import { underWayStatuses } from "../schema.ts";

/** Whether a deployment of the portal is under way on a target: what ECS rolls out there is then its own, or adopted. */
export async function isFollowed(db: Db | Tx, targetId: string): Promise<boolean> {
  const status = { in: [...underWayStatuses] };
  return (await db.deploymentTarget.count({ where: { targetId, status } })) > 0;
}
