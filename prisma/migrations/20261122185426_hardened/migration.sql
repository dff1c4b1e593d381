-- DropIndex
DROP INDEX "audit_entries_id_idx";

-- DropIndex
DROP INDEX "changes_id_idx";

-- AlterTable
ALTER TABLE "deployments" ADD COLUMN     "config_version_id" TEXT,
ADD COLUMN     "from_config_version_id" TEXT,
ADD COLUMN     "on_conflict" TEXT NOT NULL DEFAULT 'reject',
ADD COLUMN     "source" TEXT NOT NULL DEFAULT 'portal',
ADD COLUMN     "superseded_by_id" TEXT,
ADD COLUMN     "traceparent" TEXT;

-- AlterTable
ALTER TABLE "deployment_targets" ADD COLUMN     "failing_since" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "releases" ADD COLUMN     "source" TEXT NOT NULL DEFAULT 'posted';

-- AlterTable
ALTER TABLE "targets" ADD COLUMN     "autoscaled" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "config_version_id" TEXT;

-- AlterTable
ALTER TABLE "grants" ADD COLUMN     "break_glass" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "aws_usage" (
    "day" DATE NOT NULL,
    "account_id" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "service" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "calls" BIGINT NOT NULL DEFAULT 0,
    "throttled" BIGINT NOT NULL DEFAULT 0,
    "failed" BIGINT NOT NULL DEFAULT 0,
    "units" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "aws_usage_pkey" PRIMARY KEY ("day","account_id","region","service","operation")
);

-- CreateTable
CREATE TABLE "locks" (
    "id" TEXT NOT NULL,
    "environment_id" TEXT,
    "service_id" TEXT,
    "target_id" TEXT,
    "reason" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "lifted_at" TIMESTAMPTZ(3),
    "lifted_by" TEXT,

    CONSTRAINT "locks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "aws_roles" (
    "environment_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "role_arn" TEXT NOT NULL,
    "external_id" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "aws_roles_pkey" PRIMARY KEY ("environment_id","account_id")
);

-- CreateTable
CREATE TABLE "acts" (
    "id" TEXT NOT NULL,
    "target_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "input" JSONB NOT NULL DEFAULT '{}',
    "status" TEXT NOT NULL DEFAULT 'queued',
    "reason" TEXT NOT NULL DEFAULT '',
    "error" TEXT,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "acts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "secret_states" (
    "target_id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "version" TEXT,
    "changed_at" TIMESTAMPTZ(3),
    "error" TEXT,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "secret_states_pkey" PRIMARY KEY ("target_id","reference")
);

-- CreateTable
CREATE TABLE "memberships" (
    "team_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "memberships_pkey" PRIMARY KEY ("team_id","user_id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "address" TEXT NOT NULL DEFAULT '',
    "user_agent" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "elevations" (
    "id" TEXT NOT NULL,
    "grant_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "reviewed_by" TEXT,
    "reviewed_at" TIMESTAMPTZ(3),
    "review_note" TEXT,

    CONSTRAINT "elevations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "config_versions" (
    "id" TEXT NOT NULL,
    "service_id" TEXT NOT NULL,
    "environment_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "revert_of" INTEGER,
    "content_hash" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "config_versions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "variables" (
    "config_version_id" TEXT NOT NULL,
    "container" TEXT NOT NULL DEFAULT '*',
    "name" TEXT NOT NULL,
    "value" TEXT,
    "secret" TEXT,
    "secret_key" TEXT,
    "secret_version" TEXT,

    CONSTRAINT "variables_pkey" PRIMARY KEY ("config_version_id","container","name")
);

-- CreateIndex
CREATE INDEX "locks_environment_id_idx" ON "locks"("environment_id");

-- CreateIndex
CREATE INDEX "locks_service_id_idx" ON "locks"("service_id");

-- CreateIndex
CREATE INDEX "locks_target_id_idx" ON "locks"("target_id");

-- CreateIndex
CREATE INDEX "acts_target_id_id_idx" ON "acts"("target_id", "id" DESC);

-- CreateIndex
CREATE INDEX "acts_status_id_idx" ON "acts"("status", "id");

-- CreateIndex
CREATE INDEX "memberships_user_id_idx" ON "memberships"("user_id");

-- CreateIndex
CREATE INDEX "sessions_user_id_created_at_idx" ON "sessions"("user_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "sessions_expires_at_idx" ON "sessions"("expires_at");

-- CreateIndex
CREATE INDEX "elevations_user_id_expires_at_idx" ON "elevations"("user_id", "expires_at" DESC);

-- CreateIndex
CREATE INDEX "elevations_grant_id_idx" ON "elevations"("grant_id");

-- CreateIndex
CREATE INDEX "config_versions_environment_id_idx" ON "config_versions"("environment_id");

-- CreateIndex
CREATE UNIQUE INDEX "config_versions_service_id_environment_id_number_key" ON "config_versions"("service_id", "environment_id", "number");

-- AlterTable
ALTER TABLE "verdicts" ADD COLUMN     "service_id" TEXT;

-- CreateIndex
CREATE INDEX "verdicts_service_id_environment_id_verdict_at_idx" ON "verdicts"("service_id", "environment_id", "verdict", "at" DESC);

-- CreateIndex
CREATE INDEX "changes_at_idx" ON "changes"("at");

-- CreateIndex
CREATE INDEX "deployments_superseded_by_id_idx" ON "deployments"("superseded_by_id");

-- CreateIndex
CREATE INDEX "deployments_config_version_id_idx" ON "deployments"("config_version_id");

-- CreateIndex
CREATE INDEX "deployments_from_release_id_idx" ON "deployments"("from_release_id");

-- CreateIndex
CREATE INDEX "deployments_from_config_version_id_idx" ON "deployments"("from_config_version_id");

-- CreateIndex
CREATE INDEX "deployment_targets_target_id_id_idx" ON "deployment_targets"("target_id", "id" DESC);

-- CreateIndex
CREATE INDEX "targets_config_version_id_idx" ON "targets"("config_version_id");

-- CreateIndex
CREATE INDEX "grants_scope_kind_scope_id_idx" ON "grants"("scope_kind", "scope_id");

-- AddForeignKey
ALTER TABLE "deployments" ADD CONSTRAINT "deployments_superseded_by_id_fkey" FOREIGN KEY ("superseded_by_id") REFERENCES "deployments"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deployments" ADD CONSTRAINT "deployments_config_version_id_fkey" FOREIGN KEY ("config_version_id") REFERENCES "config_versions"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deployments" ADD CONSTRAINT "deployments_from_config_version_id_fkey" FOREIGN KEY ("from_config_version_id") REFERENCES "config_versions"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "locks" ADD CONSTRAINT "locks_environment_id_fkey" FOREIGN KEY ("environment_id") REFERENCES "environments"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "locks" ADD CONSTRAINT "locks_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "services"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "locks" ADD CONSTRAINT "locks_target_id_fkey" FOREIGN KEY ("target_id") REFERENCES "targets"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "aws_roles" ADD CONSTRAINT "aws_roles_environment_id_fkey" FOREIGN KEY ("environment_id") REFERENCES "environments"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "targets" ADD CONSTRAINT "targets_config_version_id_fkey" FOREIGN KEY ("config_version_id") REFERENCES "config_versions"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "acts" ADD CONSTRAINT "acts_target_id_fkey" FOREIGN KEY ("target_id") REFERENCES "targets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "secret_states" ADD CONSTRAINT "secret_states_target_id_fkey" FOREIGN KEY ("target_id") REFERENCES "targets"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "elevations" ADD CONSTRAINT "elevations_grant_id_fkey" FOREIGN KEY ("grant_id") REFERENCES "grants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "elevations" ADD CONSTRAINT "elevations_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "config_versions" ADD CONSTRAINT "config_versions_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "services"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "config_versions" ADD CONSTRAINT "config_versions_environment_id_fkey" FOREIGN KEY ("environment_id") REFERENCES "environments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "variables" ADD CONSTRAINT "variables_config_version_id_fkey" FOREIGN KEY ("config_version_id") REFERENCES "config_versions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Of several deployments that wait for the same place, only the newest stays: the latest wins.
CREATE UNIQUE INDEX "deployments_one_queued" ON "deployments" ("service_id", "environment_id")
  WHERE "status" = 'queued';

-- Deployments under way: what the worker, the overview and the lists of work ask for again and again.
CREATE INDEX "deployment_targets_active" ON "deployment_targets" ("next_at")
  WHERE "status" IN ('queued', 'running', 'paused', 'rolling_back');

-- Locks and elevations that may still count.
CREATE INDEX "locks_open" ON "locks" ("expires_at") WHERE "lifted_at" IS NULL;
CREATE INDEX "elevations_unreviewed" ON "elevations" ("id") WHERE "reviewed_at" IS NULL;

-- Since when the oldest task of a target runs: whether a secret changed after it started.
CREATE INDEX "tasks_running" ON "tasks" ("target_id", "started_at") WHERE "stopped_at" IS NULL AND "last_status" = 'RUNNING';

-- A variable is either a value or a reference, never both and never neither.
ALTER TABLE "variables" ADD CONSTRAINT "variables_value_or_secret" CHECK (num_nonnulls("value", "secret") = 1);

-- The newest good releases of a service are asked for on every page: a verdict knows its release's service.
UPDATE "verdicts" SET "service_id" = "releases"."service_id" FROM "releases" WHERE "releases"."id" = "verdicts"."release_id";
CREATE FUNCTION quarterdeck_verdict_service() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT service_id INTO NEW.service_id FROM releases WHERE id = NEW.release_id;
  RETURN NEW;
END
$$;
CREATE TRIGGER verdicts_service BEFORE INSERT ON "verdicts" FOR EACH ROW EXECUTE FUNCTION quarterdeck_verdict_service();
