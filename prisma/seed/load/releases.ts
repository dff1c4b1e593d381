import type pg from "pg";
import { fillTable } from "./bulk.ts";
import { scratch } from "./scratch.ts";

/** Releases with one artefact each. */
export async function fillReleases(client: pg.Client): Promise<void> {
  await fillTable(
    client,
    "releases",
    `insert into releases (id, service_id, version, commit, branch, repository, description, content_hash, created_at, created_by)
     select r.id, r.service_id, '1.' || r.release_no || '.0', md5(r.id) || substr(md5(r.slug), 1, 8), 'main',
            'https://git.example/load/' || r.slug, '', md5(r.id) || md5(r.slug), r.at, 'user:' || r.user_id
       from ${scratch}.releases r`,
  );
  await fillTable(
    client,
    "artefacts",
    `insert into artefacts (release_id, container, image, tag, digest)
     select r.id, r.slug, '000000000000.dkr.ecr.us-east-1.amazonaws.com/' || r.slug, '1.' || r.release_no || '.0',
            'sha256:' || md5(r.slug || r.release_no) || md5(r.release_no || r.slug)
       from ${scratch}.releases r`,
  );
}

/** What the last deployment of each release in each environment said of it. */
export async function fillVerdicts(client: pg.Client): Promise<void> {
  await fillTable(
    client,
    "verdicts",
    `insert into verdicts (release_id, environment_id, service_id, verdict, reason, held, at, by)
     select p.release_id, p.environment_id, p.service_id, case p.status when 'succeeded' then 'good' else 'bad' end,
            case p.status when 'succeeded' then 'It was deployed and verified.' else 'It was rolled back.' end,
            p.status <> 'succeeded', p.at, 'deployment:' || p.id
       from (select distinct on (place_no, release_no) release_id, environment_id, service_id, status, at, id from ${scratch}.plan
              where status in ('succeeded', 'rolled_back', 'rollback_failed')
              order by place_no, release_no, i desc) p`,
  );
}

/** Each target runs what last succeeded there. */
export async function settleTargets(client: pg.Client): Promise<void> {
  await client.query(`
    update targets t set release_id = last.release_id, release_since = last.at, task_definition_arn = last.arn
      from (select distinct on (place_no) target_id, release_id, at,
                   'arn:aws:ecs:us-east-1:000000000000:task-definition/' || slug || '-' || environment || ':' || release_no as arn
              from ${scratch}.plan where status = 'succeeded' order by place_no, i desc) last
     where t.id = last.target_id`);
}
