import { Prisma } from "../../db/generated/client.ts";
import type { Db, Tx } from "../../db/client.ts";

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

/** One index scan for each target and kind, however long the history. */
const newest = (kind: keyof Recent, matches: Prisma.Sql) => Prisma.sql`
  select t.id as "targetId", ${kind} as "is", found.*
  from t
  cross join lateral (
    select d.id, dt.status, r.version, d.kind, dt.step, d.created_by as "createdBy", d.finished_at as "finishedAt"
    from deployment_targets dt
    join deployments d on d.id = dt.deployment_id
    join releases r on r.id = d.release_id
    where dt.target_id = t.id and ${matches}
    order by dt.id desc
    limit 1
  ) found`;

type Recent = Record<"active" | "latest" | "current", Map<string, RecentDeployment>>;

/** Per target: the deployment under way, the one that ended last, and the one that brought what runs. */
export async function recentDeployments(on: Db | Tx, targetIds: string[]): Promise<Recent> {
  const rows = await on.$queryRaw<(RecentDeployment & { is: keyof Recent })[]>`
    with t as (select id, release_id from targets where id = any(${targetIds}))
    ${newest("active", holding)} union all ${newest("latest", ended)} union all ${newest("current", running)}`;
  const of = (kind: keyof Recent) => new Map(rows.filter((row) => row.is === kind).map((row) => [row.targetId, row]));
  return { active: of("active"), latest: of("latest"), current: of("current") };
}
