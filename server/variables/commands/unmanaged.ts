import { portsOf, type Ctx } from "../../core/context.ts";
import { RuntimeFailure, type ContainerDefinition, type Placement } from "../../deployments/ports.ts";
import { everyContainer, type VariableDto, type WarningDto } from "../schema.ts";
import { firstTarget, type Place } from "../queries/versions.ts";

export type RunningVariables = {
  placement: Placement & { id: string };
  taskDefinitionArn: string;
  containers: ContainerDefinition[];
};

/** Containers of the task definition that the first target of a place runs; undefined without a target. */
export async function runningContainers(ctx: Ctx, place: Place): Promise<RunningVariables | undefined> {
  const placement = await firstTarget(ctx.db, place);
  if (!placement) return undefined;
  const { runtime } = portsOf(ctx);
  const { taskDefinitionArn } = await runtime.describeService(placement);
  const { definition } = await runtime.describeTaskDefinition(placement, taskDefinitionArn);
  return { placement, taskDefinitionArn, containers: definition.containerDefinitions };
}

/** Containers that releases bring images for; all of them before the first release. */
export async function ownContainers(
  ctx: Ctx,
  { service }: Place,
  containers: ContainerDefinition[],
): Promise<Set<string>> {
  const newest = await ctx.db.release.findFirst({
    where: { serviceId: service.id },
    orderBy: { id: "desc" },
    include: { artefacts: true },
  });
  const released = newest?.artefacts.map((one) => one.container) ?? containers.map((one) => one.name);
  return new Set(released);
}

/** The first version owns the containers' variables from then on: what runs now and is not in it would be gone. */
export async function droppedWarnings(ctx: Ctx, place: Place, entries: VariableDto[]): Promise<WarningDto[]> {
  if (!ctx.ports) return [];
  try {
    const running = await runningContainers(ctx, place);
    if (!running) return [];
    const own = await ownContainers(ctx, place, running.containers);
    const kept = (container: string, name: string) =>
      entries.some((one) => one.name === name && (one.container === container || one.container === everyContainer));
    const names = running.containers
      .filter((one) => own.has(one.name))
      .flatMap((one) =>
        [...(one.environment ?? []), ...(one.secrets ?? [])].filter(({ name }) => !kept(one.name, name)),
      )
      .map((one) => one.name);
    return [...new Set(names)].map((name) => ({
      code: "drops_unmanaged" as const,
      name,
      message: `${name} is in the task definition that runs and not among these variables: it would be gone. Take over what runs first.`,
    }));
  } catch (error) {
    if (!(error instanceof RuntimeFailure)) throw error;
    return [];
  }
}
