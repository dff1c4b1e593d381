import { command } from "../core/command.ts";
import { assertCan } from "../core/context.ts";
import { AppError } from "../core/errors.ts";
import { newId } from "../core/ids.ts";
import { findEnvironment } from "../environments/queries.ts";
import { findTeam } from "../teams/queries/teams.ts";
import { findService, getService } from "./queries.ts";
import { createServiceInput, createTargetInput } from "./schema.ts";

/** Adds a service of a team; 409 when its slug is taken. */
export const createService = command({
  name: "createService",
  permission: "services:write",
  input: createServiceInput,
  async run(ctx, { team: reference, ...input }) {
    const team = await findTeam(ctx.tx, reference);
    const id = newId("service");
    assertCan(ctx, "services:write", { service: { id, teamId: team.id } });
    const { count } = await ctx.tx.service.createMany({
      data: { id, ...input, repository: input.repository ?? null, teamId: team.id, createdAt: ctx.now() },
      skipDuplicates: true,
    });
    if (count === 0) {
      const message = `There is a service "${input.slug}" already.`;
      throw new AppError("conflict", message, { reason: "slug_taken", fields: { slug: message } });
    }
    ctx.record({
      action: "service.create",
      topic: "services",
      subject: { kind: "service", id },
      serviceId: id,
      changes: { slug: input.slug, name: input.name, workload: input.workload, team: team.slug },
    });
    return getService(ctx, { service: id });
  },
});

/** Says where a service runs in an environment; 409 when it is known there already. */
export const createTarget = command({
  name: "createTarget",
  permission: "services:write",
  input: createTargetInput,
  async run(ctx, { service: serviceReference, environment: environmentReference, ...placement }) {
    const service = await findService(ctx.tx, serviceReference);
    const environment = await findEnvironment(ctx.tx, environmentReference);
    assertCan(ctx, "services:write", { service, environment });
    const id = newId("target");
    const { targetGroupArn = null, url = null, ...where } = placement;
    const { count } = await ctx.tx.target.createMany({
      data: { id, serviceId: service.id, environmentId: environment.id, targetGroupArn, url, ...where },
      skipDuplicates: true,
    });
    if (count === 0) {
      const message = `${service.slug} has this ECS service as a target in ${environment.slug} already.`;
      throw new AppError("conflict", message, { reason: "target_exists", fields: { ecsService: message } });
    }
    ctx.record({
      action: "target.create",
      topic: "services",
      subject: { kind: "target", id },
      serviceId: service.id,
      environmentId: environment.id,
      changes: { ...where, targetGroupArn, url },
    });
    return getService(ctx, { service: service.id });
  },
});
