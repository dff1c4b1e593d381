import type pg from "pg";
import { people } from "./drawn.ts";
import type { Size } from "./scratch.ts";

const environments = [
  { slug: "development", name: "Development", position: 10 },
  { slug: "staging", name: "Staging", position: 20 },
  { slug: "production", name: "Production", position: 30 },
];

const teams = ["shop", "payments", "search", "identity", "logistics", "platform", "data", "growth"];

/** Teams, people with their roles, environments, services and a target for each service in each environment. */
export async function fillPlaces(
  client: pg.Client,
  { services, days }: Size,
  passwordHash: string | null,
): Promise<void> {
  // One moment for all statements: ids are made from it, and rows refer to each other by them.
  const beganMs = Date.now() - (days + 1) * 86_400_000;
  const began = `timestamptz '${new Date(beganMs).toISOString()}'`;
  const id = (prefix: string, number: string) => {
    const rest = `substr(overlay(overlay(md5('${prefix}' || ${number}) placing '7' from 1) placing '8' from 5), 1, 20)`;
    return `('${prefix}_' || lpad(to_hex(${beganMs} + ${number} * 1000), 12, '0') || ${rest})`;
  };
  const values = environments.map(
    ({ slug, name, position }, index) => `(${index + 1}, '${slug}', '${name}', ${position})`,
  );
  await client.query(`
    insert into environments (id, slug, name, kind, position, created_at)
      select ${id("env", "n")}, slug, name, slug, position, ${began} from (values ${values.join(", ")}) v (n, slug, name, position)
      on conflict (slug) do nothing`);
  await client.query(
    `insert into teams (id, slug, name, created_at)
       select ${id("team", "n")}, slug, initcap(slug), ${began} from unnest($1::text[]) with ordinality t (slug, n)
       on conflict (slug) do nothing`,
    [teams],
  );
  await client.query(
    `insert into users (id, email, name, password_hash, created_at)
       select ${id("usr", "n")}, case n when 0 then 'admin@load.example' else 'person-' || n || '@load.example' end,
              case n when 0 then 'Ada Admin' else 'Person ' || n end, $1, ${began}
         from generate_series(0, ${people}) n on conflict (email) do nothing`,
    [passwordHash],
  );
  await client.query(`
    insert into grants (id, principal_kind, principal_id, role, scope_kind, environment_kind, created_at)
      select ${id("grt", "n")}, 'user', ${id("usr", "n")},
             case when n = 0 then 'admin' when n % 6 = 0 then 'release_manager' when n % 6 = 1 then 'viewer' else 'developer' end,
             'everything', null, ${began} from generate_series(0, ${people}) n`);
  await client.query(
    `
    insert into services (id, slug, name, description, workload, repository, team_id, created_at)
      select ${id("svc", "n")}, 'service-' || lpad(n::text, 3, '0'), 'Service ' || n, 'Made to measure with', 'web',
             'https://git.example/load/service-' || n,
             (select id from teams where slug = ($1::text[])[1 + n % ${teams.length}]), ${began}
        from generate_series(1, ${services}) n`,
    [teams],
  );
  await client.query(`
    insert into targets (id, service_id, environment_id, account_id, region, cluster, ecs_service, health,
                         desired_count, running_count, observed_at)
      select ${id("tgt", "(row_number() over (order by s.id, e.position))")}, s.id, e.id, '000000000000',
             'us-east-1', 'load-' || e.slug, s.slug, 'ok', 2, 2, now()
        from services s cross join environments e where s.slug like 'service-%' and e.slug in ('development', 'staging', 'production')`);
}
