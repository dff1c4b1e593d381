import type pg from "pg";
import { scratch, type Size } from "./scratch.ts";

/** Of all deployments, in promille: what a team that deploys many times a day sees. The rest succeed. */
const ends = [
  { status: "failed", promille: 30 },
  { status: "rolled_back", promille: 28 },
  { status: "cancelled", promille: 7 },
  { status: "superseded", promille: 3 },
  { status: "rollback_failed", promille: 1 },
];

function statusCase(roll: string): string {
  let reached = 0;
  const arms = ends.map(({ status, promille }) => `when ${roll} < ${(reached += promille) / 1000} then '${status}'`);
  return `case ${arms.join(" ")} else 'succeeded' end`;
}

/**
 * One row per deployment, in the order of time: busy services deploy more often than quiet ones, six in ten go to
 * development with a new release each, and what reaches staging and production is one of those, some builds later.
 */
export async function makePlan(client: pg.Client, { services, deployments, days }: Size): Promise<void> {
  const chance = (salt: number) => `${scratch}.chance(i, ${salt})`;
  const step = `interval '${(days * 86_400) / deployments} seconds'`;
  await makeSpots(client);
  await client.query(`
    create unlogged table ${scratch}.drawn as
    with drawn as materialized (
      select i, now() - interval '${days} days' + (i - 0.5 * ${chance(7)}) * ${step} as at,
             1 + floor(power(${chance(1)}, 1.6) * ${services})::int as service_no,
             case when ${chance(2)} < 0.6 then 1 when ${chance(2)} < 0.85 then 2 else 3 end as environment_no,
             ${chance(3)} as lag, ${chance(4)} < 0.015 as is_rollback, ${chance(5)} as roll, ${chance(6)} as who
        from generate_series(1::bigint, ${deployments}) i
    ), built as (
      select *, count(*) filter (where environment_no = 1) over (partition by service_no order by i) as builds from drawn
    ), chosen as (
      select *, greatest(1, builds - case environment_no when 1 then 0 when 2 then floor(lag * 3) else 3 + floor(lag * 8) end
                            - case when is_rollback then 2 else 0 end)::int as release_no from built
    )
    select i, date_trunc('milliseconds', at) as at, service_no, environment_no, release_no,
           lag(release_no) over place as from_no, lag(i) over place as before_i, lag(date_trunc('milliseconds', at)) over place as before_at,
           case when is_rollback then 'rollback' else 'deploy' end as kind, ${statusCase("roll")} as status,
           1 + floor(who * 60)::int as person, 90 + floor(lag * 400)::int as seconds,
           row_number() over (partition by service_no, environment_no order by i desc) as newest
      from chosen window place as (partition by service_no, environment_no order by i)`);
  await makeReleases(client);
  // With every id that the tables need, so that each of them is filled from this one alone.
  await client.query(`
    create unlogged table ${scratch}.plan as
      select p.*, s.slug, s.environment, s.service_id, s.environment_id, s.target_id, r.id as release_id, f.id as from_id, u.id as user_id,
             ${scratch}.new_id('dep', p.at, p.i) as id, ${scratch}.new_id('dtg', p.at, p.i) as run_id
        from ${scratch}.drawn p
        join ${scratch}.spots s using (service_no, environment_no)
        join ${scratch}.releases r using (service_no, release_no)
        left join ${scratch}.releases f on f.service_no = p.service_no and f.release_no = p.from_no
        join ${scratch}.people u on u.person = p.person
       order by p.i;
    analyze ${scratch}.plan`);
}

/** Where deployments go, and who makes them, by number. */
async function makeSpots(client: pg.Client): Promise<void> {
  await client.query(`
    create unlogged table ${scratch}.spots as
      select dense_rank() over (order by v.id)::int as service_no, n.environment_no, v.id as service_id, v.slug,
             e.id as environment_id, e.slug as environment, t.id as target_id
        from (values (1, 'development'), (2, 'staging'), (3, 'production')) n (environment_no, slug)
        join environments e on e.slug = n.slug join targets t on t.environment_id = e.id
        join services v on v.id = t.service_id and v.slug like 'service-%';
    create unlogged table ${scratch}.people as
      select substr(email, 8, strpos(email, '@') - 8)::int as person, id from users where email like 'person-%@load.example';
    analyze ${scratch}.spots; analyze ${scratch}.people`);
}

/** A release was built five minutes before it was first deployed. */
async function makeReleases(client: pg.Client): Promise<void> {
  await client.query(`
    create unlogged table ${scratch}.releases as
      select d.*, s.service_id, s.slug, ${scratch}.new_id('rel', d.at, d.service_no::bigint * 1000000 + d.release_no) as id, u.id as user_id
        from (select service_no, release_no, min(at) - interval '5 minutes' as at, min(person) as person
                from ${scratch}.drawn group by 1, 2) d
        join ${scratch}.spots s on s.service_no = d.service_no and s.environment_no = 1
        join ${scratch}.people u using (person);
    analyze ${scratch}.drawn; analyze ${scratch}.releases`);
}
