import type { Ctx } from "../../core/context.ts";
import { query } from "../../core/query.ts";
import type { Environment } from "../../db/generated/client.ts";
import { environmentRefOf, findEnvironment } from "../../environments/queries.ts";
import { findService } from "../queries.ts";
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

/** Versions behind task definitions, as far as the portal brought them. */
async function versionsOf(ctx: Ctx, targetIds: string[], arns: string[]): Promise<Map<string, string>> {
  const rows = await ctx.db.deploymentTarget.findMany({
    where: { targetId: { in: targetIds }, taskDefinitionArn: { in: arns } },
    select: { taskDefinitionArn: true, deployment: { select: { release: { select: { version: true } } } } },
  });
  return new Map(rows.map((row) => [row.taskDefinitionArn ?? "", row.deployment.release.version]));
}

const iso = (date: Date | null) => date?.toISOString() ?? null;

export const listServiceTasks = query({
  name: "listServiceTasks",
  permission: "all:read",
  input: serviceHistoryInput,
  async run(ctx, input): Promise<TaskDto[]> {
    const environments = await targetsOf(ctx, input);
    const targetIds = [...environments.keys()];
    const rows = await ctx.db.task.findMany({
      where: { targetId: { in: targetIds } },
      include: { target: { include: { environment: true } } },
      orderBy: [{ createdAt: { sort: "desc", nulls: "last" } }, { arn: "desc" }],
      take: input.limit,
    });
    const versions = await versionsOf(ctx, targetIds, [...new Set(rows.map((row) => row.taskDefinitionArn))]);
    return rows.map(({ target, targetId: _target, startedBy: _startedBy, seenAt: _seenAt, ...row }) => ({
      ...row,
      id: row.arn.split("/").at(-1) ?? row.arn,
      environment: environmentRefOf(target.environment),
      version: versions.get(row.taskDefinitionArn) ?? null,
      createdAt: iso(row.createdAt),
      startedAt: iso(row.startedAt),
      stoppedAt: iso(row.stoppedAt),
    }));
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
