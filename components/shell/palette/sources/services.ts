import { paths } from "#components/lib/paths.ts";
import type { PaletteSource } from "../source.ts";

/** A service, and the service in every environment: "qkart-backend production". */
export const serviceSource: PaletteSource = {
  heading: "Services",
  ofService: (service) => [
    {
      id: service.id,
      label: service.slug,
      hint: service.team.name,
      keywords: [service.name],
      run: { href: paths.service({ service: service.slug }) },
    },
    ...service.targets.map((target) => ({
      id: target.id,
      label: `${service.slug} ${target.environment.slug}`,
      hint: target.release?.version ?? "nothing runs yet",
      run: { href: paths.service({ service: service.slug, environment: target.environment.slug }) },
    })),
  ],
};
