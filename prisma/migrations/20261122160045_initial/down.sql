DROP TRIGGER audit_entries_append_only ON audit_entries;
DROP TRIGGER audit_seals_append_only ON audit_seals;
DROP FUNCTION refuse_audit_change();
DROP FUNCTION quarterdeck_sequence_events();
DROP SEQUENCE "events_cursor_seq";
DROP INDEX "events_unsequenced";
DROP INDEX "deployment_targets_one_active";

-- DropForeignKey
ALTER TABLE "public"."changes" DROP CONSTRAINT "changes_service_id_fkey";

-- DropForeignKey
ALTER TABLE "public"."changes" DROP CONSTRAINT "changes_environment_id_fkey";

-- DropForeignKey
ALTER TABLE "public"."deployments" DROP CONSTRAINT "deployments_service_id_fkey";

-- DropForeignKey
ALTER TABLE "public"."deployments" DROP CONSTRAINT "deployments_environment_id_fkey";

-- DropForeignKey
ALTER TABLE "public"."deployments" DROP CONSTRAINT "deployments_release_id_fkey";

-- DropForeignKey
ALTER TABLE "public"."deployments" DROP CONSTRAINT "deployments_from_release_id_fkey";

-- DropForeignKey
ALTER TABLE "public"."deployments" DROP CONSTRAINT "deployments_rollback_of_id_fkey";

-- DropForeignKey
ALTER TABLE "public"."deployment_targets" DROP CONSTRAINT "deployment_targets_deployment_id_fkey";

-- DropForeignKey
ALTER TABLE "public"."deployment_targets" DROP CONSTRAINT "deployment_targets_target_id_fkey";

-- DropForeignKey
ALTER TABLE "public"."steps" DROP CONSTRAINT "steps_deployment_target_id_fkey";

-- DropForeignKey
ALTER TABLE "public"."gates" DROP CONSTRAINT "gates_deployment_target_id_fkey";

-- DropForeignKey
ALTER TABLE "public"."releases" DROP CONSTRAINT "releases_service_id_fkey";

-- DropForeignKey
ALTER TABLE "public"."artefacts" DROP CONSTRAINT "artefacts_release_id_fkey";

-- DropForeignKey
ALTER TABLE "public"."verdicts" DROP CONSTRAINT "verdicts_release_id_fkey";

-- DropForeignKey
ALTER TABLE "public"."verdicts" DROP CONSTRAINT "verdicts_environment_id_fkey";

-- DropForeignKey
ALTER TABLE "public"."services" DROP CONSTRAINT "services_team_id_fkey";

-- DropForeignKey
ALTER TABLE "public"."targets" DROP CONSTRAINT "targets_service_id_fkey";

-- DropForeignKey
ALTER TABLE "public"."targets" DROP CONSTRAINT "targets_environment_id_fkey";

-- DropForeignKey
ALTER TABLE "public"."targets" DROP CONSTRAINT "targets_release_id_fkey";

-- DropForeignKey
ALTER TABLE "public"."tasks" DROP CONSTRAINT "tasks_target_id_fkey";

-- DropForeignKey
ALTER TABLE "public"."service_events" DROP CONSTRAINT "service_events_target_id_fkey";

-- DropForeignKey
ALTER TABLE "public"."identities" DROP CONSTRAINT "identities_user_id_fkey";

-- DropForeignKey
ALTER TABLE "public"."api_tokens" DROP CONSTRAINT "api_tokens_owner_id_fkey";

-- DropTable
DROP TABLE "public"."audit_entries";

-- DropTable
DROP TABLE "public"."audit_seals";

-- DropTable
DROP TABLE "public"."changes";

-- DropTable
DROP TABLE "public"."events";

-- DropTable
DROP TABLE "public"."heartbeats";

-- DropTable
DROP TABLE "public"."deployments";

-- DropTable
DROP TABLE "public"."deployment_targets";

-- DropTable
DROP TABLE "public"."steps";

-- DropTable
DROP TABLE "public"."gates";

-- DropTable
DROP TABLE "public"."releases";

-- DropTable
DROP TABLE "public"."artefacts";

-- DropTable
DROP TABLE "public"."verdicts";

-- DropTable
DROP TABLE "public"."environments";

-- DropTable
DROP TABLE "public"."services";

-- DropTable
DROP TABLE "public"."targets";

-- DropTable
DROP TABLE "public"."tasks";

-- DropTable
DROP TABLE "public"."service_events";

-- DropTable
DROP TABLE "public"."users";

-- DropTable
DROP TABLE "public"."identities";

-- DropTable
DROP TABLE "public"."teams";

-- DropTable
DROP TABLE "public"."grants";

-- DropTable
DROP TABLE "public"."api_tokens";
