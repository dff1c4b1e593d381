-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "audit_entries" (
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "service_id" TEXT,
    "environment_id" TEXT,
    "reason" TEXT,
    "changes" JSONB NOT NULL DEFAULT '{}',
    "request_id" TEXT,

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_seals" (
    "seq" BIGINT NOT NULL,
    "entry_id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_seals_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "changes" (
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "kind" TEXT NOT NULL,
    "source" TEXT NOT NULL DEFAULT 'portal',
    "service_id" TEXT,
    "environment_id" TEXT,
    "target_ids" TEXT[],
    "subject_kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "facts" JSONB NOT NULL DEFAULT '{}',
    "undo" JSONB,

    CONSTRAINT "changes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "events" (
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "topic" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "service_id" TEXT,
    "environment_id" TEXT,
    "cursor" BIGINT,

    CONSTRAINT "events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "heartbeats" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "facts" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "heartbeats_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deployments" (
    "id" TEXT NOT NULL,
    "service_id" TEXT NOT NULL,
    "environment_id" TEXT NOT NULL,
    "release_id" TEXT NOT NULL,
    "from_release_id" TEXT,
    "kind" TEXT NOT NULL DEFAULT 'deploy',
    "rollback_of_id" TEXT,
    "automatic" BOOLEAN NOT NULL DEFAULT false,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "reason" TEXT NOT NULL DEFAULT '',
    "cause" JSONB,
    "overrides" JSONB NOT NULL DEFAULT '[]',
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "row_version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "deployments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deployment_targets" (
    "id" TEXT NOT NULL,
    "deployment_id" TEXT NOT NULL,
    "target_id" TEXT NOT NULL,
    "wave" INTEGER NOT NULL DEFAULT 1,
    "status" TEXT NOT NULL DEFAULT 'running',
    "step" TEXT NOT NULL DEFAULT 'gates',
    "task_definition" JSONB,
    "task_definition_arn" TEXT,
    "rollback_task_definition_arn" TEXT,
    "rollback_rollout_arn" TEXT,
    "previous_task_definition" JSONB,
    "previous_task_definition_arn" TEXT,
    "rollout_arn" TEXT,
    "request" TEXT,
    "requested_by" TEXT,
    "request_reason" TEXT,
    "request_marks_bad" BOOLEAN NOT NULL DEFAULT false,
    "start_tried" BOOLEAN NOT NULL DEFAULT false,
    "alarms_at_start" TEXT[],
    "cause" JSONB,
    "next_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "row_version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "deployment_targets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "steps" (
    "deployment_target_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "reason" TEXT,
    "facts" JSONB NOT NULL DEFAULT '{}',
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "steps_pkey" PRIMARY KEY ("deployment_target_id","name")
);

-- CreateTable
CREATE TABLE "gates" (
    "deployment_target_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "result" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "facts" JSONB NOT NULL DEFAULT '{}',
    "at" TIMESTAMPTZ(3) NOT NULL,
    "overridden_by" TEXT,
    "override_reason" TEXT,
    "overridden_at" TIMESTAMPTZ(3),

    CONSTRAINT "gates_pkey" PRIMARY KEY ("deployment_target_id","name")
);

-- CreateTable
CREATE TABLE "releases" (
    "id" TEXT NOT NULL,
    "service_id" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "commit" TEXT,
    "branch" TEXT,
    "repository" TEXT,
    "description" TEXT NOT NULL DEFAULT '',
    "content_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" TEXT NOT NULL,

    CONSTRAINT "releases_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "artefacts" (
    "release_id" TEXT NOT NULL,
    "container" TEXT NOT NULL,
    "image" TEXT NOT NULL,
    "tag" TEXT,
    "digest" TEXT NOT NULL,

    CONSTRAINT "artefacts_pkey" PRIMARY KEY ("release_id","container")
);

-- CreateTable
CREATE TABLE "verdicts" (
    "release_id" TEXT NOT NULL,
    "environment_id" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "held" BOOLEAN NOT NULL DEFAULT false,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT NOT NULL,

    CONSTRAINT "verdicts_pkey" PRIMARY KEY ("release_id","environment_id")
);

-- CreateTable
CREATE TABLE "environments" (
    "id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "environments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "services" (
    "id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "workload" TEXT NOT NULL DEFAULT 'web',
    "repository" TEXT,
    "team_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "services_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "targets" (
    "id" TEXT NOT NULL,
    "service_id" TEXT NOT NULL,
    "environment_id" TEXT NOT NULL,
    "wave" INTEGER NOT NULL DEFAULT 1,
    "account_id" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "cluster" TEXT NOT NULL,
    "ecs_service" TEXT NOT NULL,
    "target_group_arn" TEXT,
    "url" TEXT,
    "release_id" TEXT,
    "release_since" TIMESTAMPTZ(3),
    "task_definition_arn" TEXT,
    "health" TEXT NOT NULL DEFAULT 'unknown',
    "health_reason" TEXT,
    "desired_count" INTEGER NOT NULL DEFAULT 0,
    "running_count" INTEGER NOT NULL DEFAULT 0,
    "pending_count" INTEGER NOT NULL DEFAULT 0,
    "observed_at" TIMESTAMPTZ(3),

    CONSTRAINT "targets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tasks" (
    "arn" TEXT NOT NULL,
    "target_id" TEXT NOT NULL,
    "task_definition_arn" TEXT NOT NULL,
    "started_by" TEXT,
    "last_status" TEXT NOT NULL,
    "desired_status" TEXT NOT NULL,
    "health_status" TEXT NOT NULL DEFAULT 'UNKNOWN',
    "stop_code" TEXT,
    "stopped_reason" TEXT,
    "exit_code" INTEGER,
    "container_reason" TEXT,
    "last_lines" TEXT[],
    "created_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "stopped_at" TIMESTAMPTZ(3),
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tasks_pkey" PRIMARY KEY ("arn")
);

-- CreateTable
CREATE TABLE "service_events" (
    "id" TEXT NOT NULL,
    "target_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "message" TEXT NOT NULL,

    CONSTRAINT "service_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "users" (
    "id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT,
    "session_version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3),
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "identities" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "subject" TEXT NOT NULL,

    CONSTRAINT "identities_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "teams" (
    "id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "teams_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "grants" (
    "id" TEXT NOT NULL,
    "principal_kind" TEXT NOT NULL,
    "principal_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "scope_kind" TEXT NOT NULL,
    "scope_id" TEXT,
    "environment_id" TEXT,
    "environment_kind" TEXT,
    "expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "grants_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_tokens" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "audit_entries_id_idx" ON "audit_entries"("id" DESC);

-- CreateIndex
CREATE INDEX "audit_entries_subject_kind_subject_id_id_idx" ON "audit_entries"("subject_kind", "subject_id", "id" DESC);

-- CreateIndex
CREATE INDEX "audit_entries_actor_id_id_idx" ON "audit_entries"("actor_id", "id" DESC);

-- CreateIndex
CREATE INDEX "audit_entries_action_id_idx" ON "audit_entries"("action", "id" DESC);

-- CreateIndex
CREATE INDEX "audit_entries_service_id_id_idx" ON "audit_entries"("service_id", "id" DESC);

-- CreateIndex
CREATE INDEX "audit_entries_environment_id_id_idx" ON "audit_entries"("environment_id", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "audit_seals_entry_id_key" ON "audit_seals"("entry_id");

-- CreateIndex
CREATE INDEX "changes_id_idx" ON "changes"("id" DESC);

-- CreateIndex
CREATE INDEX "changes_service_id_environment_id_id_idx" ON "changes"("service_id", "environment_id", "id" DESC);

-- CreateIndex
CREATE INDEX "changes_environment_id_id_idx" ON "changes"("environment_id", "id" DESC);

-- CreateIndex
CREATE INDEX "changes_subject_kind_subject_id_idx" ON "changes"("subject_kind", "subject_id");

-- CreateIndex
CREATE UNIQUE INDEX "events_cursor_key" ON "events"("cursor");

-- CreateIndex
CREATE INDEX "events_at_idx" ON "events"("at");

-- CreateIndex
CREATE INDEX "heartbeats_kind_at_idx" ON "heartbeats"("kind", "at" DESC);

-- CreateIndex
CREATE INDEX "deployments_service_id_environment_id_id_idx" ON "deployments"("service_id", "environment_id", "id" DESC);

-- CreateIndex
CREATE INDEX "deployments_environment_id_id_idx" ON "deployments"("environment_id", "id" DESC);

-- CreateIndex
CREATE INDEX "deployments_status_id_idx" ON "deployments"("status", "id" DESC);

-- CreateIndex
CREATE INDEX "deployments_release_id_idx" ON "deployments"("release_id");

-- CreateIndex
CREATE INDEX "deployments_rollback_of_id_idx" ON "deployments"("rollback_of_id");

-- CreateIndex
CREATE INDEX "deployment_targets_deployment_id_idx" ON "deployment_targets"("deployment_id");

-- CreateIndex
CREATE INDEX "deployment_targets_target_id_status_idx" ON "deployment_targets"("target_id", "status");

-- CreateIndex
CREATE INDEX "deployment_targets_status_next_at_idx" ON "deployment_targets"("status", "next_at");

-- CreateIndex
CREATE INDEX "releases_service_id_id_idx" ON "releases"("service_id", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "releases_service_id_version_key" ON "releases"("service_id", "version");

-- CreateIndex
CREATE INDEX "verdicts_environment_id_verdict_at_idx" ON "verdicts"("environment_id", "verdict", "at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "environments_slug_key" ON "environments"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "services_slug_key" ON "services"("slug");

-- CreateIndex
CREATE INDEX "services_team_id_idx" ON "services"("team_id");

-- CreateIndex
CREATE INDEX "targets_environment_id_idx" ON "targets"("environment_id");

-- CreateIndex
CREATE INDEX "targets_release_id_idx" ON "targets"("release_id");

-- CreateIndex
CREATE UNIQUE INDEX "targets_service_id_environment_id_account_id_region_cluster_key" ON "targets"("service_id", "environment_id", "account_id", "region", "cluster", "ecs_service");

-- CreateIndex
CREATE INDEX "tasks_target_id_created_at_idx" ON "tasks"("target_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "service_events_target_id_at_idx" ON "service_events"("target_id", "at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "identities_user_id_idx" ON "identities"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "identities_provider_subject_key" ON "identities"("provider", "subject");

-- CreateIndex
CREATE UNIQUE INDEX "teams_slug_key" ON "teams"("slug");

-- CreateIndex
CREATE INDEX "grants_principal_kind_principal_id_idx" ON "grants"("principal_kind", "principal_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_tokens_prefix_key" ON "api_tokens"("prefix");

-- CreateIndex
CREATE INDEX "api_tokens_owner_id_idx" ON "api_tokens"("owner_id");

-- AddForeignKey
ALTER TABLE "changes" ADD CONSTRAINT "changes_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "services"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "changes" ADD CONSTRAINT "changes_environment_id_fkey" FOREIGN KEY ("environment_id") REFERENCES "environments"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deployments" ADD CONSTRAINT "deployments_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "services"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deployments" ADD CONSTRAINT "deployments_environment_id_fkey" FOREIGN KEY ("environment_id") REFERENCES "environments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deployments" ADD CONSTRAINT "deployments_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "releases"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deployments" ADD CONSTRAINT "deployments_from_release_id_fkey" FOREIGN KEY ("from_release_id") REFERENCES "releases"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deployments" ADD CONSTRAINT "deployments_rollback_of_id_fkey" FOREIGN KEY ("rollback_of_id") REFERENCES "deployments"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deployment_targets" ADD CONSTRAINT "deployment_targets_deployment_id_fkey" FOREIGN KEY ("deployment_id") REFERENCES "deployments"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deployment_targets" ADD CONSTRAINT "deployment_targets_target_id_fkey" FOREIGN KEY ("target_id") REFERENCES "targets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "steps" ADD CONSTRAINT "steps_deployment_target_id_fkey" FOREIGN KEY ("deployment_target_id") REFERENCES "deployment_targets"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "gates" ADD CONSTRAINT "gates_deployment_target_id_fkey" FOREIGN KEY ("deployment_target_id") REFERENCES "deployment_targets"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "releases" ADD CONSTRAINT "releases_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "services"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "artefacts" ADD CONSTRAINT "artefacts_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "releases"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "verdicts" ADD CONSTRAINT "verdicts_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "releases"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "verdicts" ADD CONSTRAINT "verdicts_environment_id_fkey" FOREIGN KEY ("environment_id") REFERENCES "environments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "services" ADD CONSTRAINT "services_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "targets" ADD CONSTRAINT "targets_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "services"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "targets" ADD CONSTRAINT "targets_environment_id_fkey" FOREIGN KEY ("environment_id") REFERENCES "environments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "targets" ADD CONSTRAINT "targets_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "releases"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_target_id_fkey" FOREIGN KEY ("target_id") REFERENCES "targets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_events" ADD CONSTRAINT "service_events_target_id_fkey" FOREIGN KEY ("target_id") REFERENCES "targets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identities" ADD CONSTRAINT "identities_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A second UpdateService supersedes the first, so a target has one deployment under way. Queued ones do not count.
CREATE UNIQUE INDEX "deployment_targets_one_active" ON "deployment_targets" ("target_id")
  WHERE "status" IN ('running', 'paused', 'rolling_back');

-- Events that have no cursor yet: the sequencer's work.
CREATE INDEX "events_unsequenced" ON "events" ("id") WHERE "cursor" IS NULL;

CREATE SEQUENCE "events_cursor_seq" AS bigint;

-- Gives committed events their cursors, one caller at a time. A cursor from a column default would be taken before
-- commit, and a reader could pass over a number whose transaction ends late.
CREATE FUNCTION quarterdeck_sequence_events() RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  given integer;
BEGIN
  PERFORM pg_advisory_xact_lock(7316251);
  WITH pending AS MATERIALIZED (SELECT id FROM events WHERE cursor IS NULL ORDER BY id LIMIT 5000),
       numbered AS MATERIALIZED (SELECT id, nextval('events_cursor_seq') AS cursor FROM (SELECT id FROM pending ORDER BY id) p)
  UPDATE events SET cursor = numbered.cursor FROM numbered WHERE events.id = numbered.id;
  GET DIAGNOSTICS given = ROW_COUNT;
  IF given > 0 THEN
    PERFORM pg_notify('quarterdeck_events', currval('events_cursor_seq')::text);
  END IF;
  RETURN given;
END
$$;

-- Audit entries and their seals are written once. Statement level, so that a change that matches no row fails as well.
create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % refused', tg_table_name, tg_op using errcode = 'restrict_violation';
end
$$;

create trigger audit_entries_append_only
  before update or delete or truncate on audit_entries
  for each statement execute function refuse_audit_change();

create trigger audit_seals_append_only
  before update or delete or truncate on audit_seals
  for each statement execute function refuse_audit_change();
