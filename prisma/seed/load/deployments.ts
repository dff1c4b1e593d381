import type pg from "pg";
import { fillTable } from "./bulk.ts";
import { scratch } from "./scratch.ts";

const cause = `jsonb_build_object('kind', 'exit', 'headline', 'The container stopped with exit code 1.',
  'detail', 'Essential container in task exited', 'advice', 'Read the last lines that it wrote.')`;
const ended = "p.at + p.seconds * interval '1 second'";

/** Deployments, one run each. Task definitions are kept with the newest of each target, as what can be brought back. */
export async function fillDeployments(client: pg.Client): Promise<void> {
  await fillTable(
    client,
    "deployments",
    `insert into deployments (id, service_id, environment_id, release_id, from_release_id, kind, rollback_of_id, automatic,
                              status, reason, cause, created_by, created_at, started_at, finished_at, row_version)
     select p.id, p.service_id, p.environment_id, p.release_id, p.from_id, p.kind,
            p.before_id,
            p.status = 'rolled_back', p.status, case p.kind when 'rollback' then 'Errors went up after the last one' else 'Change ' || p.i end,
            case when p.status in ('failed', 'rolled_back', 'rollback_failed') then ${cause} end,
            'user:' || p.user_id, p.at, p.at, ${ended}, 9
       from ${scratch}.plan p`,
  );
}

const definition = (
  release: string,
) => `jsonb_build_object('family', p.slug || '-' || p.environment, 'cpu', '256', 'memory', '512',
  'containerDefinitions', jsonb_build_array(jsonb_build_object('name', p.slug, 'essential', true,
    'image', '000000000000.dkr.ecr.us-east-1.amazonaws.com/' || p.slug || '@sha256:' || md5(p.slug || ${release}) || md5(${release} || p.slug),
    'environment', jsonb_build_array(jsonb_build_object('name', 'VERSION', 'value', '1.' || ${release} || '.0')))))`;

/** How many of each target keep their task definitions here; an installation keeps all. */
const keptDefinitions = 50;

export async function fillRuns(client: pg.Client): Promise<void> {
  const arn = (release: string) =>
    `'arn:aws:ecs:us-east-1:000000000000:task-definition/' || p.slug || '-' || p.environment || ':' || ${release}`;
  await fillTable(
    client,
    "deployment_targets",
    `insert into deployment_targets (id, deployment_id, target_id, wave, status, step, task_definition, task_definition_arn,
                                     previous_task_definition, previous_task_definition_arn, cause, row_version)
     select p.run_id, p.id, p.target_id, 1, p.status,
            case p.status when 'succeeded' then 'finish' when 'failed' then 'gates' when 'superseded' then 'rollout' else 'rollback' end,
            case when p.newest <= ${keptDefinitions} then ${definition("p.release_no")} end, ${arn("p.release_no")},
            case when p.newest <= ${keptDefinitions} and p.from_no is not null then ${definition("p.from_no")} end,
            ${arn("p.from_no")}, case when p.status in ('failed', 'rolled_back', 'rollback_failed') then ${cause} end, 9
       from ${scratch}.plan p`,
  );
}

/** What each step came to, by how the deployment ended. */
const outcome = `case
  when p.status = 'succeeded' then case n.name when 'rollback' then null else 'done' end
  when p.status = 'failed' then case n.name when 'gates' then 'failed' when 'rollback' then null else 'skipped' end
  when p.status = 'superseded' then case n.name when 'gates' then 'done' when 'rollback' then null when 'rollout' then 'failed' else 'skipped' end
  else case n.name when 'gates' then 'done' when 'rollout' then 'failed' when 'rollback' then
    case p.status when 'rollback_failed' then 'failed' else 'done' end else 'skipped' end end`;

/** Four or five steps for each run. */
export async function fillSteps(client: pg.Client): Promise<void> {
  await fillTable(
    client,
    "steps",
    `insert into steps (deployment_target_id, name, position, status, reason, facts, started_at, finished_at)
     select run_id, name, position, status, case status when 'done' then 'It went as planned.' when 'failed' then 'It did not work.' end, '{}',
            case status when 'skipped' then null else at + position * seconds * interval '200 milliseconds' end,
            case status when 'skipped' then null else at + (position + 1) * seconds * interval '200 milliseconds' end
       from (select p.run_id, p.at, p.seconds, n.name, n.position, ${outcome} as status
               from ${scratch}.plan p
               cross join (values ('finish', 3), ('gates', 0), ('rollback', 4), ('rollout', 1), ('verify', 2)) n (name, position)) made
      where status is not null`,
  );
}
