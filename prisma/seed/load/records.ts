import type pg from "pg";
import { fillTable } from "./bulk.ts";
import { scratch } from "./scratch.ts";

/** A change on the timeline for each deployment that got as far as changing something. */
export async function fillChanges(client: pg.Client): Promise<void> {
  await fillTable(
    client,
    "changes",
    `insert into changes (id, at, kind, service_id, environment_id, target_ids, subject_kind, subject_id, actor_kind, actor_id,
                          title, facts, undo)
     select ${scratch}.new_id('chg', p.ms + 3000, p.id), p.at + interval '3 seconds',
            case p.kind when 'rollback' then 'rollback' else 'deployment' end,
            p.service_id, p.environment_id, array[p.target_id], 'deployment', p.id, 'user', p.user_id,
            p.slug || case p.kind when 'rollback' then ' rolled back to 1.' else ' 1.' end || p.release_no || '.0'
              || case p.kind when 'rollback' then ' in ' else ' deployed to ' end || p.environment,
            ('{"version":"1.' || p.release_no || '.0","from":' || coalesce('"1.' || p.from_no || '.0"', 'null') || '}')::jsonb,
            ('{"deploymentId":"' || p.id || '"}')::jsonb
       from ${scratch}.plan p where p.status <> 'failed'`,
  );
}

/**
 * Who did what: the request of each deployment and its end, and the making of each release. What the engine did between
 * is left out, and nothing is sealed: the worker does that as it would with any backlog.
 */
export async function fillAudit(client: pg.Client): Promise<void> {
  await fillTable(
    client,
    "audit_entries",
    `insert into audit_entries (id, at, actor_kind, actor_id, action, subject_kind, subject_id, service_id, environment_id,
                                reason, changes, request_id)
     select ${scratch}.new_id('aud', p.ms + n.entry * p.seconds * 1000, p.id), p.at + n.entry * p.seconds * interval '1 second',
            case n.entry when 0 then 'user' else 'job' end, case n.entry when 0 then p.user_id else 'deployment:advance' end,
            case when n.entry > 0 then n.action when p.kind = 'rollback' then 'deployment.rollback' else n.action end,
            'deployment', p.id, p.service_id, p.environment_id, case n.entry when 0 then 'Change ' || p.i end,
            '{}', case n.entry when 0 then ${scratch}.new_id('req', p.ms, p.id) end
       from ${scratch}.plan p cross join (values (0, 'deployment.create'), (1, 'deployment.end')) n (entry, action)
     union all
     select ${scratch}.new_id('aud', r.ms, r.id), r.at, 'user', r.user_id, 'release.create', 'release', r.id, r.service_id, null, null,
            ('{"version":"1.' || r.release_no || '.0"}')::jsonb, null
       from ${scratch}.releases r`,
  );
}

/** Events live a week: those of the last days, with the cursors that the sequencer gives. */
export async function fillEvents(client: pg.Client): Promise<void> {
  await client.query(`
    insert into events (id, at, topic, action, subject_id, service_id, environment_id)
      select overlay(a.id placing 'evt' from 1), a.at, 'deployments', a.action, a.subject_id, a.service_id, a.environment_id
        from audit_entries a where a.id > 'aud_' || lpad(to_hex((extract(epoch from now() - interval '7 days') * 1000)::bigint), 12, '0') and a.subject_kind = 'deployment'`);
  for (let given = 1; given > 0;) {
    const { rows } = await client.query<{ given: number }>("select quarterdeck_sequence_events() as given");
    given = rows[0]?.given ?? 0;
  }
}
