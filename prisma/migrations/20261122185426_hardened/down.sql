DROP INDEX "deployments_one_queued";
DROP INDEX "deployment_targets_active";
DROP INDEX "locks_open";
DROP INDEX "elevations_unreviewed";
DROP INDEX "tasks_running";
ALTER TABLE "variables" DROP CONSTRAINT "variables_value_or_secret";
DROP TRIGGER verdicts_service ON "verdicts";
DROP FUNCTION quarterdeck_verdict_service();

-- DropForeignKey
ALTER TABLE "deployments" DROP CONSTRAINT "deployments_superseded_by_id_fkey";

-- DropForeignKey
ALTER TABLE "deployments" DROP CONSTRAINT "deployments_config_version_id_fkey";

-- DropForeignKey
ALTER TABLE "deployments" DROP CONSTRAINT "deployments_from_config_version_id_fkey";

-- DropForeignKey
ALTER TABLE "locks" DROP CONSTRAINT "locks_environment_id_fkey";

-- DropForeignKey
ALTER TABLE "locks" DROP CONSTRAINT "locks_service_id_fkey";

-- DropForeignKey
ALTER TABLE "locks" DROP CONSTRAINT "locks_target_id_fkey";

-- DropForeignKey
ALTER TABLE "aws_roles" DROP CONSTRAINT "aws_roles_environment_id_fkey";

-- DropForeignKey
ALTER TABLE "targets" DROP CONSTRAINT "targets_config_version_id_fkey";

-- DropForeignKey
ALTER TABLE "acts" DROP CONSTRAINT "acts_target_id_fkey";

-- DropForeignKey
ALTER TABLE "secret_states" DROP CONSTRAINT "secret_states_target_id_fkey";

-- DropForeignKey
ALTER TABLE "memberships" DROP CONSTRAINT "memberships_team_id_fkey";

-- DropForeignKey
ALTER TABLE "memberships" DROP CONSTRAINT "memberships_user_id_fkey";

-- DropForeignKey
ALTER TABLE "sessions" DROP CONSTRAINT "sessions_user_id_fkey";

-- DropForeignKey
ALTER TABLE "elevations" DROP CONSTRAINT "elevations_grant_id_fkey";

-- DropForeignKey
ALTER TABLE "elevations" DROP CONSTRAINT "elevations_user_id_fkey";

-- DropForeignKey
ALTER TABLE "config_versions" DROP CONSTRAINT "config_versions_service_id_fkey";

-- DropForeignKey
ALTER TABLE "config_versions" DROP CONSTRAINT "config_versions_environment_id_fkey";

-- DropForeignKey
ALTER TABLE "variables" DROP CONSTRAINT "variables_config_version_id_fkey";

-- DropIndex
DROP INDEX "changes_at_idx";

-- DropIndex
DROP INDEX "deployments_superseded_by_id_idx";

-- DropIndex
DROP INDEX "deployments_config_version_id_idx";

-- DropIndex
DROP INDEX "deployments_from_release_id_idx";

-- DropIndex
DROP INDEX "deployments_from_config_version_id_idx";

-- DropIndex
DROP INDEX "deployment_targets_target_id_id_idx";

-- DropIndex
DROP INDEX "targets_config_version_id_idx";

-- DropIndex
DROP INDEX "grants_scope_kind_scope_id_idx";

-- AlterTable
ALTER TABLE "deployment_targets" DROP COLUMN "failing_since";

-- AlterTable
ALTER TABLE "deployments" DROP COLUMN "config_version_id",
DROP COLUMN "from_config_version_id",
DROP COLUMN "on_conflict",
DROP COLUMN "source",
DROP COLUMN "superseded_by_id",
DROP COLUMN "traceparent";

-- AlterTable
ALTER TABLE "releases" DROP COLUMN "source";

-- AlterTable
ALTER TABLE "targets" DROP COLUMN "autoscaled",
DROP COLUMN "config_version_id";

-- AlterTable
ALTER TABLE "grants" DROP COLUMN "break_glass";

-- DropIndex
DROP INDEX "verdicts_service_id_environment_id_verdict_at_idx";

-- AlterTable
ALTER TABLE "verdicts" DROP COLUMN "service_id";

-- DropTable
DROP TABLE "aws_usage";

-- DropTable
DROP TABLE "locks";

-- DropTable
DROP TABLE "aws_roles";

-- DropTable
DROP TABLE "acts";

-- DropTable
DROP TABLE "secret_states";

-- DropTable
DROP TABLE "memberships";

-- DropTable
DROP TABLE "sessions";

-- DropTable
DROP TABLE "elevations";

-- DropTable
DROP TABLE "config_versions";

-- DropTable
DROP TABLE "variables";

-- CreateIndex
CREATE INDEX "audit_entries_id_idx" ON "audit_entries"("id" DESC);

-- CreateIndex
CREATE INDEX "changes_id_idx" ON "changes"("id" DESC);
