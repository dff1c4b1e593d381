import { accountsOf, assertCan } from "../../core/context.ts";
import { query } from "../../core/query.ts";
import { throwUpstream } from "../../deployments/ports.ts";
import { findEnvironment } from "../../environments/queries.ts";
import { proposeSlug } from "../rules.ts";
import { discoverServicesInput, type DiscoveryDto } from "../schema.ts";

/** ECS services of an account and region, those that the portal knows marked, with what it would call the others. */
export const discoverServices = query({
  name: "discoverServices",
  permission: "services:write",
  input: discoverServicesInput,
  async run(ctx, { environment: reference, accountId, region, cluster = null }): Promise<DiscoveryDto> {
    const environment = await findEnvironment(ctx.db, reference);
    assertCan(ctx, "services:write", { environment });
    const place = { environmentId: environment.id, accountId, region };
    const found = await accountsOf(ctx).discover(place, cluster).catch(throwUpstream);
    const targets = await ctx.db.target.findMany({
      where: { accountId, region },
      select: {
        cluster: true,
        ecsService: true,
        service: { select: { slug: true } },
        environment: { select: { slug: true } },
      },
    });
    const services = found.services.map((one) => {
      const known = targets.find((target) => target.cluster === one.cluster && target.ecsService === one.ecsService);
      return {
        ...one,
        known: known ? { service: known.service.slug, environment: known.environment.slug } : null,
        proposed: {
          service: proposeSlug(one.ecsService, environment),
          workload: one.targetGroupArn ? "web" : "worker",
        },
      } as const;
    });
    return { clusters: found.clusters, warnings: found.warnings, services };
  },
});
