import { actorRef } from "#server/core/actor.ts";
import type { Ctx } from "#server/core/context.ts";
import { takeOverVariables } from "#server/variables/commands/take-over.ts";
import { seedActor } from "./assert-seedable.ts";

/** The backend's variables in each environment, taken over from the task definitions that run. */
export async function ensureVariables(ctx: Ctx): Promise<void> {
  const targets = await ctx.db.target.findMany({
    where: { service: { slug: "qkart-backend" }, configVersionId: null },
    include: { service: true, environment: true },
    orderBy: { environment: { position: "asc" } },
  });
  for (const { serviceId, environmentId, service, environment } of targets) {
    const place = { service: service.slug, environment: environment.slug };
    if (await ctx.db.configVersion.findFirst({ where: { serviceId, environmentId } })) continue;
    await takeOverVariables(ctx, { ...place, reason: "QKart was created with these variables." });
    const first = await ctx.db.configVersion.findFirst({ where: { serviceId, environmentId } });
    await ctx.db.deployment.updateMany({
      where: { serviceId, environmentId, createdBy: actorRef(seedActor), configVersionId: null },
      data: { configVersionId: first?.id ?? null },
    });
  }
}
