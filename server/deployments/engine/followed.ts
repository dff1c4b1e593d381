import type { Db, Tx } from "../../db/client.ts";
import { activeStatuses } from "../schema.ts";

/** Whether a deployment of the portal is under way on a target: what ECS rolls out there is then its own, or adopted. */
export async function isFollowed(db: Db | Tx, targetId: string): Promise<boolean> {
  const status = { in: activeStatuses.filter((one) => one !== "queued") };
  return (await db.deploymentTarget.count({ where: { targetId, status } })) > 0;
}
