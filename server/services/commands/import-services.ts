import { command, type CommandContext } from "../../core/command.ts";
import { assertCan, portsOf, type Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import type { Environment } from "../../db/generated/client.ts";
import { recordRunning } from "../../deployments/commands/record-running.ts";
import {
  throwUpstream,
  type Placement,
  type RegisteredTaskDefinition,
  type ServiceState,
} from "../../deployments/ports.ts";
import { findEnvironment } from "../../environments/queries.ts";
import { enqueue } from "../../jobs/queue.ts";
import { imageDigests } from "../../releases/commands/image-digests.ts";
import { findService } from "../queries.ts";
import { importServicesInput, type ImportedDto, type ImportServicesInput } from "../schema.ts";
import { createService, createTarget } from "../service.ts";

type Chosen = ImportServicesInput["services"][number];
type Seen = { state: ServiceState; running: RegisteredTaskDefinition | null; digests: Map<string, string> };

/** What runs, or ran before the rollout that is under way; null when the first rollout has not ended. */
async function settledDefinition(
  ctx: Ctx,
  placement: Placement,
  state: ServiceState,
): Promise<RegisteredTaskDefinition | null> {
  const { runtime } = portsOf(ctx);
  if (state.currentRolloutArn === null) return runtime.describeTaskDefinition(placement, state.taskDefinitionArn);
  const [before] = (await runtime.describeRollout(placement, state.currentRolloutArn)).from;
  return before ? runtime.describeTaskDefinition(placement, before.taskDefinitionArn) : null;
}

async function see(ctx: Ctx, placement: Placement): Promise<Seen> {
  const ports = portsOf(ctx);
  const state = await ports.runtime.describeService(placement);
  const running = await settledDefinition(ctx, placement, state);
  const digests = running ? await imageDigests(ports, running.definition, placement.region) : new Map<string, string>();
  return { state, running, digests };
}

async function ensureService(
  ctx: CommandContext,
  { service, workload }: Chosen,
  team: string | undefined,
): Promise<void> {
  const known = await ctx.tx.service.findFirst({
    where: { OR: [{ id: service }, { slug: service }] },
    select: { id: true },
  });
  if (known) return;
  if (team === undefined) {
    const message = `There is no service ${service} yet: say which team owns it.`;
    throw new AppError("invalid", message, { fields: { team: message } });
  }
  await createService(ctx, { slug: service, name: service, workload, team });
}

type Importing = { environment: Environment; accountId: string; region: string; chosen: Chosen; seen: Seen };

async function importOne(
  ctx: CommandContext,
  { environment, accountId, region, chosen, seen }: Importing,
): Promise<ImportedDto> {
  const { cluster, ecsService, targetGroupArn, url, autoscaled } = chosen;
  const where = { accountId, region, cluster, ecsService };
  await createTarget(ctx, {
    service: chosen.service,
    environment: environment.id,
    ...where,
    targetGroupArn,
    url,
    autoscaled,
  });
  const service = await findService(ctx.tx, chosen.service);
  const target = await ctx.tx.target.findFirstOrThrow({
    where: { serviceId: service.id, environmentId: environment.id, ...where },
  });
  const imported = { service: service.slug, target: target.id };
  if (!seen.running) return { ...imported, release: null, note: "Its first deployment is still under way in ECS." };
  const { state, running, digests } = seen;
  const isMoving = state.currentRolloutArn !== null;
  const isSteady = !isMoving && state.desiredCount > 0 && state.runningCount >= state.desiredCount;
  const release = await recordRunning(ctx, { target, service, environment, running, digests, isSteady });
  const note = isMoving ? "A deployment is under way in ECS. It is followed once this one is known." : null;
  return { ...imported, release, note };
}

/**
 * Takes ECS services into the portal: services that are new, a target for each, and what runs there as an adopted
 * release. All or none. Nothing is changed in AWS.
 */
export const importServices = command({
  name: "importServices",
  permission: "services:write",
  input: importServicesInput,
  async prepare(ctx, { environment: reference, accountId, region, services }) {
    const environment = await findEnvironment(ctx.db, reference);
    assertCan(ctx, "services:write", { environment });
    const seen: Seen[] = [];
    for (const { cluster, ecsService } of services) {
      const placement = { environmentId: environment.id, accountId, region, cluster, ecsService };
      seen.push(await see(ctx, placement).catch(throwUpstream));
    }
    return { environment, seen };
  },
  async run(ctx, { accountId, region, services, team }, { environment, seen }) {
    const imported: ImportedDto[] = [];
    for (const [index, chosen] of services.entries()) {
      const found = seen[index];
      if (!found) continue;
      await ensureService(ctx, chosen, team);
      imported.push(await importOne(ctx, { environment, accountId, region, chosen, seen: found }));
    }
    ctx.record({
      action: "service.import",
      topic: "services",
      subject: { kind: "environment", id: environment.id },
      environmentId: environment.id,
      changes: { accountId, region, services: imported.map((one) => one.service) },
    });
    await enqueue(ctx.tx, "targets:observe", {}, { key: "all" });
    return imported;
  },
});
