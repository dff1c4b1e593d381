import type { Ctx } from "#server/core/context.ts";
import { createEnvironment } from "#server/environments/service.ts";
import { createService, createTarget } from "#server/services/service.ts";
import { createTeam } from "#server/teams/commands/create-team.ts";
import type { QkartDescription, ServiceDescription } from "../../../infra/qkart/provision/description.ts";
import { demoEnvironments } from "./environments.ts";

const team = { slug: "shop", name: "Shop" };

const services = [
  { slug: "qkart-backend", name: "QKart backend", description: "Products, carts, checkout and orders" },
  { slug: "qkart-storefront", name: "QKart storefront", description: "The shop's pages" },
];

/** Team, environments, services, and where each service runs. */
export async function ensurePlaces(ctx: Ctx, found: QkartDescription[]): Promise<void> {
  const { db } = ctx;
  if (!(await db.team.findUnique({ where: { slug: team.slug } }))) await createTeam(ctx, team);
  for (const { desiredCount: _count, ...environment } of demoEnvironments) {
    if (!(await db.environment.findUnique({ where: { slug: environment.slug } })))
      await createEnvironment(ctx, environment);
  }
  for (const service of services) {
    if (!(await db.service.findUnique({ where: { slug: service.slug } })))
      await createService(ctx, { ...service, team: team.slug });
  }
  for (const place of found) for (const service of place.services) await ensureTarget(ctx, place, service);
}

async function ensureTarget(ctx: Ctx, place: QkartDescription, service: ServiceDescription): Promise<void> {
  const placement = {
    accountId: place.accountId,
    region: place.region,
    cluster: place.cluster,
    ecsService: service.ecsService,
  };
  if (await ctx.db.target.findFirst({ where: placement })) return;
  await createTarget(ctx, {
    ...placement,
    service: service.name,
    environment: place.environment,
    targetGroupArn: service.targetGroupArn,
    url: service.name === "qkart-backend" ? `${place.loadBalancerUrl}/api/products` : place.loadBalancerUrl,
  });
}
