import type { Ctx } from "../../core/context.ts";
import { log } from "../../core/log.ts";
import type { Service } from "../../db/generated/client.ts";
import { RuntimeFailure, type Runtime } from "../../deployments/ports.ts";

/** Containers of the task definition that a target of the service runs; empty when that cannot be asked now. */
async function runningContainers(ctx: Ctx, service: Service, runtime: Runtime): Promise<string[]> {
  const target = await ctx.db.target.findFirst({ where: { serviceId: service.id }, orderBy: { id: "asc" } });
  if (!target) return [];
  try {
    const { taskDefinitionArn } = await runtime.describeService(target);
    const { definition } = await runtime.describeTaskDefinition(target, taskDefinitionArn);
    return definition.containerDefinitions.map((container) => container.name);
  } catch (error) {
    if (!(error instanceof RuntimeFailure)) throw error;
    log.warn({ err: error, service: service.slug }, "containers of the service could not be read");
    return [];
  }
}

/**
 * Names of the containers that a release of the service brings images for: those of the newest release, else those
 * that run now. Empty when neither is known.
 */
export async function containersOf(ctx: Ctx, service: Service): Promise<string[]> {
  const newest = await ctx.db.release.findFirst({
    where: { serviceId: service.id },
    orderBy: { id: "desc" },
    include: { artefacts: { orderBy: { container: "asc" } } },
  });
  if (newest && newest.artefacts.length > 0) return newest.artefacts.map((artefact) => artefact.container);
  return ctx.ports ? runningContainers(ctx, service, ctx.ports.runtime) : [];
}
