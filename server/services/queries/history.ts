import type { Ctx } from "../../core/context.ts";
import { query } from "../../core/query.ts";
import type { Environment } from "../../db/generated/client.ts";
import { environmentRefOf, findEnvironment } from "../../environments/queries.ts";
import { findService } from "../queries.ts";
import { serviceHistoryInput, type ServiceEventDto, type TaskDto } from "../schema.ts";
import { taskDtosOf } from "./tasks.ts";

/** Targets that a request about a service's past means, with their environments. */
async function targetsOf(
  ctx: Ctx,
  input: { service: string; environment?: string | undefined },
): Promise<[string, Environment][]> {
  const service = await findService(ctx.db, input.service);
  const environment = input.environment === undefined ? null : await findEnvironment(ctx.db, input.environment);
  const targets = await ctx.db.target.findMany({
    where: { serviceId: service.id, ...(environment ? { environmentId: environment.id } : {}) },
    include: { environment: true },
  });
  return targets.map((target) => [target.id, target.environment]);
}

/** Newest rows over several targets. Each target is asked apart: an index has the newest of one at hand, not of many. */
async function newestOf<Row>(
  targets: [string, Environment][],
  { limit, read, at }: { limit: number; read: (targetId: string) => Promise<Row[]>; at: (row: Row) => Date | null },
): Promise<{ row: Row; environment: Environment }[]> {
  const found: { row: Row; environment: Environment }[] = [];
  for (const [targetId, environment] of targets) {
    for (const row of await read(targetId)) found.push({ row, environment });
  }
  const time = ({ row }: { row: Row }) => at(row)?.getTime() ?? Infinity;
  return found.toSorted((a, b) => time(b) - time(a)).slice(0, limit);
}

/** Tasks of a service, newest first, those included that ECS has forgotten. */
export const listServiceTasks = query({
  name: "listServiceTasks",
  permission: "all:read",
  input: serviceHistoryInput,
  async run(ctx, input): Promise<TaskDto[]> {
    const targets = await targetsOf(ctx, input);
    const { limit } = input;
    const read = (targetId: string) =>
      ctx.db.task.findMany({ where: { targetId }, orderBy: { createdAt: "desc" }, take: limit });
    const newest = await newestOf(targets, { limit, read, at: (task) => task.createdAt });
    return taskDtosOf(
      ctx.db,
      newest.map(({ row, environment }) => ({ ...row, target: { environment } })),
    );
  },
});

/** What ECS said of a service, newest first. */
export const listServiceEvents = query({
  name: "listServiceEvents",
  permission: "all:read",
  input: serviceHistoryInput,
  async run(ctx, input): Promise<ServiceEventDto[]> {
    const targets = await targetsOf(ctx, input);
    const { limit } = input;
    const read = (targetId: string) =>
      ctx.db.serviceEvent.findMany({ where: { targetId }, orderBy: { at: "desc" }, take: limit });
    const newest = await newestOf(targets, { limit, read, at: (event) => event.at });
    return newest.map(({ row: { id, targetId, at, message }, environment }) => ({
      id,
      targetId,
      at: at.toISOString(),
      message,
      environment: environmentRefOf(environment),
    }));
  },
});
