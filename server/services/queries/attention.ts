import { query } from "../../core/query.ts";
import type { Db, Tx } from "../../db/client.ts";
import { secretSuspects } from "../../variables/queries/changed-secrets.ts";
import { attentionRank } from "../rules.ts";
import { listAttentionInput, type Health } from "../schema.ts";
import { listedOf } from "./list.ts";
import { listedTargetsOf } from "./targets.ts";

/** As many as somebody reads; the rest is counted. */
const most = 15;

type Look = { id: string; serviceId: string; health: Health; active: string | null; latest: string | null };

/**
 * Targets that may need somebody, with how what is under way there and what ended last stand: one look at an index for
 * each target.
 */
function looks(on: Db | Tx, suspects: string[]): Promise<Look[]> {
  return on.$queryRaw<Look[]>`
    select t.id, t.service_id as "serviceId", t.health, active.status as active, latest.status as latest
    from targets t
    left join lateral (
      select dt.status from deployment_targets dt
      where dt.target_id = t.id and dt.status in ('running', 'paused', 'rolling_back')
      limit 1
    ) active on true
    left join lateral (
      select dt.status from deployment_targets dt
      where dt.target_id = t.id
        and dt.status in ('succeeded', 'failed', 'rolled_back', 'rollback_failed', 'cancelled', 'superseded')
      order by dt.id desc
      limit 1
    ) latest on true
    where t.health in ('failed', 'degraded') or active.status is not null
      or latest.status in ('failed', 'rolled_back', 'rollback_failed') or t.id = any(${suspects})
    order by t.service_id, t.id`;
}

/** What somebody should look at, the worst first: what is ill, what ended badly, what is under way. */
export const listAttention = query({
  name: "listAttention",
  permission: "all:read",
  input: listAttentionInput,
  async run(ctx) {
    const suspects = await secretSuspects(ctx.db, null);
    const ranked = (await looks(ctx.db, [...suspects]))
      .map((look) => ({ ...look, rank: attentionRank({ ...look, hasSuspect: suspects.has(look.id) }) }))
      .filter(({ rank }) => rank !== null)
      .toSorted((a, b) => Number(a.rank) - Number(b.rank));
    const told = ranked.slice(0, most);
    const rows = await ctx.db.service.findMany({
      where: { id: { in: told.map(({ serviceId }) => serviceId) } },
      include: { team: true },
      orderBy: { slug: "asc" },
    });
    const targets = await listedTargetsOf(ctx, rows);
    const isTold = new Set(told.map(({ id }) => id));
    return {
      services: rows.map((row) =>
        listedOf(
          row,
          targets.get(row.id)?.filter(({ id }) => isTold.has(id)),
        ),
      ),
      more: ranked.length - told.length,
    };
  },
});
