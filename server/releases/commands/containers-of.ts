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
 * Names of the containers that a release of the service brings images for: those of the newest release that the
 * running task definition has too, so that one release with a wrong name does not pass it on to the next. Where the
 * two have nothing in common those that run, where nothing can be asked those of the release. Empty when neither
 * is known.
 */
export async function containersOf(ctx: Ctx, service: Service): Promise<string[]> {
  const newest = await ctx.db.release.findFirst({
    where: { serviceId: service.id },
    orderBy: { id: "desc" },
    include: { artefacts: { orderBy: { container: "asc" } } },
  });
  const released = newest?.artefacts.map((artefact) => artefact.container) ?? [];
  const running = ctx.ports ? await runningContainers(ctx, service, ctx.ports.runtime) : [];
  if (running.length === 0) return released;
  const both = released.filter((name) => running.includes(name));
  return both.length > 0 ? both : running;
}
