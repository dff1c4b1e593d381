import { Prisma } from "../../db/generated/client.ts";
import { together, type Db, type Tx } from "../../db/client.ts";

export type RecentDeployment = {
  targetId: string;
  id: string;
  status: string;
  version: string;
  kind: string;
  step: string;
  createdBy: string;
  finishedAt: Date | null;
};

const holding = Prisma.sql`dt.status in ('running', 'paused', 'rolling_back')`;
const ended = Prisma.sql`dt.status in ('succeeded', 'failed', 'rolled_back', 'rollback_failed', 'cancelled', 'superseded')`;
/** The deployment that brought the release that runs, not one that only brought it other variables or fresh tasks. */
const running = Prisma.sql`dt.status = 'succeeded' and d.release_id = t.release_id and d.kind in ('deploy', 'rollback')`;

/** Per target its newest deployment that matches: one index scan each, however long the history. */
async function newest(on: Db | Tx, targetIds: string[], matches: Prisma.Sql): Promise<Map<string, RecentDeployment>> {
  const rows = await on.$queryRaw<RecentDeployment[]>`
    select t.id as "targetId", found.*
    from targets t
    cross join lateral (
      select d.id, dt.status, r.version, d.kind, dt.step, d.created_by as "createdBy", d.finished_at as "finishedAt"
      from deployment_targets dt
      join deployments d on d.id = dt.deployment_id
      join releases r on r.id = d.release_id
      where dt.target_id = t.id and ${matches}
      order by dt.id desc
      limit 1
    ) found
    where t.id = any(${targetIds})`;
  return new Map(rows.map((row) => [row.targetId, row]));
}

/** Per target: the deployment under way, the one that ended last, and the one that brought what runs. */
export async function recentDeployments(on: Db | Tx, targetIds: string[]) {
  const [active, latest, current] = await together(on, [
    () => newest(on, targetIds, holding),
    () => newest(on, targetIds, ended),
    () => newest(on, targetIds, running),
  ]);
  return { active, latest, current };
}
