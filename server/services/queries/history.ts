import type { Ctx } from "../../core/context.ts";
import { query } from "../../core/query.ts";
import type { Environment } from "../../db/generated/client.ts";
import { environmentRefOf, findEnvironment } from "../../environments/queries.ts";
import { findService } from "../queries.ts";
import { taskDtosOf } from "./tasks.ts";
import { serviceHistoryInput, type ServiceEventDto, type TaskDto } from "../schema.ts";

/** Targets that a request about a service's past means, with their environments. */
async function targetsOf(ctx: Ctx, input: { service: string; environment?: string | undefined }): Promise<Map<string, Environment>> {
  const service = await findService(ctx.db, input.service);
  const environment = input.environment === undefined ? null : await findEnvironment(ctx.db, input.environment);
  const targets = await ctx.db.target.findMany({
    where: { serviceId: service.id, ...(environment ? { environmentId: environment.id } : {}) },
    include: { environment: true },
  });
  return new Map(targets.map((target) => [target.id, target.environment]));
}

export const listServiceTasks = query({
  name: "listServiceTasks",
  permission: "all:read",
  input: serviceHistoryInput,
  async run(ctx, input): Promise<TaskDto[]> {
    const environments = await targetsOf(ctx, input);
    const rows = await ctx.db.task.findMany({
      where: { targetId: { in: [...environments.keys()] } },
      include: { target: { include: { environment: true } } },
      orderBy: [{ createdAt: { sort: "desc", nulls: "last" } }, { arn: "desc" }],
      take: input.limit,
    });
    return taskDtosOf(ctx.db, rows);
  },
});

export const listServiceEvents = query({
  name: "listServiceEvents",
  permission: "all:read",
  input: serviceHistoryInput,
  async run(ctx, input): Promise<ServiceEventDto[]> {
    const environments = await targetsOf(ctx, input);
    const rows = await ctx.db.serviceEvent.findMany({
      where: { targetId: { in: [...environments.keys()] } },
      include: { target: { include: { environment: true } } },
      orderBy: [{ at: "desc" }, { id: "desc" }],
      take: input.limit,
    });
    return rows.map(({ id, at, message, target }) => ({
      id,
      at: at.toISOString(),
      message,
      environment: environmentRefOf(target.environment),
    }));
  },
});
