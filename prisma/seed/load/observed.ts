import type pg from "pg";
import { fillTable } from "./bulk.ts";
import { scratch } from "./scratch.ts";

/** What the worker saw of each target: tasks that came and went, what ECS said, and the variables that were set. */
export async function fillObserved(client: pg.Client): Promise<void> {
  const from = `${scratch}.spots e`;
  await fillTable(
    client,
    "tasks",
    `
    insert into tasks (arn, target_id, task_definition_arn, started_by, last_status, desired_status, health_status, stop_code,
                       stopped_reason, last_lines, created_at, started_at, stopped_at, seen_at)
      select 'arn:aws:ecs:us-east-1:000000000000:task/load-' || e.environment || '/' || md5(e.target_id || n), e.target_id,
             'arn:aws:ecs:us-east-1:000000000000:task-definition/' || e.slug || '-' || e.environment || ':' || (1 + n), 'ecs-svc/1',
             case when n < 2 then 'RUNNING' else 'STOPPED' end, case when n < 2 then 'RUNNING' else 'STOPPED' end,
             case when n < 2 then 'HEALTHY' else 'UNKNOWN' end, case when n < 2 then null else 'ServiceSchedulerInitiated' end,
             case when n < 2 then null else 'Scaling activity initiated by deployment' end, '{}',
             now() - n * interval '5 hours', now() - n * interval '5 hours' + interval '20 seconds',
             case when n < 2 then null else now() - n * interval '5 hours' + interval '9 hours' end, now()
        from ${from} cross join generate_series(0, 99) n`,
  );
  await fillTable(
    client,
    "service_events",
    `
    insert into service_events (id, target_id, at, message)
      select md5(e.target_id || 'event' || n), e.target_id, now() - n * interval '2 hours',
             '(service ' || e.slug || ') has reached a steady state.' from ${from} cross join generate_series(0, 299) n`,
  );
  await client.query(`
    insert into config_versions (id, service_id, environment_id, number, reason, content_hash, created_by, created_at)
      select ${scratch}.new_id('cfg', (extract(epoch from now() - (5 - n) * interval '20 days') * 1000)::bigint, e.target_id), e.service_id,
             e.environment_id, n, 'Change ' || n, md5(e.slug || n), 'system:seed', now() - (5 - n) * interval '20 days'
        from ${from} cross join generate_series(1, 4) n;
    insert into variables (config_version_id, name, value)
      select c.id, 'SETTING_' || n, 'value ' || (n * c.number) from config_versions c cross join generate_series(1, 12) n
       where c.created_by = 'system:seed'`);
}
