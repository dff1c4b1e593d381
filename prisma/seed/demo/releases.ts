import type { Ctx } from "#server/core/context.ts";
import { createRelease } from "#server/releases/commands/create.ts";
import { findReleaseOf } from "#server/releases/queries.ts";
import { findService } from "#server/services/queries.ts";
import type { QkartDescription } from "../../../infra/qkart/provision/description.ts";

/** The release that runs from the start. */
export const firstVersion = "1.0.0";

type Build = { service: string; version: string; commit: string; branch: string; description: string };

const backend = "qkart-backend";
const storefront = "qkart-storefront";

/** In the order in which they are posted: the newest is what a person deploys first, so the broken ones come before it. */
const builds: Build[] = [
  {
    service: backend,
    version: "1.2.0-crash",
    commit: "5d1c0de4",
    branch: "demo/crash",
    description: "Deliberately broken: exits on start",
  },
  {
    service: backend,
    version: "1.2.0-errors",
    commit: "e4404500",
    branch: "demo/errors",
    description: "Deliberately broken: one request in five fails",
  },
  {
    service: backend,
    version: firstVersion,
    commit: "9b2f6a10",
    branch: "main",
    description: "Products, carts, checkout and orders",
  },
  {
    service: storefront,
    version: firstVersion,
    commit: "9b2f6a10",
    branch: "main",
    description: "Catalogue, cart and checkout pages",
  },
  { service: backend, version: "1.1.0", commit: "7f3a2c15", branch: "main", description: "Product search" },
  { service: storefront, version: "1.1.0", commit: "7f3a2c15", branch: "main", description: "Search box" },
];

/** Posts what CI would have posted; digests come from the registry. */
export async function ensureReleases(ctx: Ctx, found: QkartDescription[]): Promise<void> {
  for (const { service, version, ...build } of builds) {
    const container = found[0]?.services.find((one) => one.name === service)?.containers[0];
    if (!container) throw new Error(`${service} has no container`);
    const image = `${container.image.split("@")[0]}:${version}`;
    const posted = await findReleaseOf(ctx.db, await findService(ctx.db, service), version).catch(() => undefined);
    if (!posted)
      await createRelease(ctx, { service, version, ...build, artefacts: [{ container: container.name, image }] });
  }
}
