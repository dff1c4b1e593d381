import { client } from "#components/lib/api.ts";
import { formatRelative } from "#components/lib/format.ts";
import { paths } from "#components/lib/paths.ts";
import type { PaletteSource } from "../source.ts";

/** The latest deployments. */
export const deploymentSource: PaletteSource = {
  heading: "Deployments",
  load: async (signal) => {
    const { items } = await client.deployments.list({ limit: 30 }, { signal });
    return items.map((each) => ({
      id: each.id,
      label: `${each.service.slug} ${each.release.version} to ${each.environment.slug}`,
      hint: `${each.status.replaceAll("_", " ")}, ${formatRelative(Date.parse(each.createdAt), Date.now())}`,
      keywords: [each.id, each.kind],
      run: { href: paths.deployment({ deployment: each.id }) },
    }));
  },
};
