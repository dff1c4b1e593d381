import { client } from "#components/lib/api.ts";
import { paths } from "#components/lib/paths.ts";
import type { PaletteSource } from "../source.ts";

/** The variables of every service in every environment: "Variables of qkart-backend in staging". */
export const variableSource: PaletteSource = {
  heading: "Variables",
  load: async (signal) => {
    const services = await client.services.list({}, { signal });
    return services.flatMap((service) => {
      const environments = [...new Set(service.targets.map((target) => target.environment.slug))];
      return environments.map((environment) => ({
        id: `variables:${service.id}:${environment}`,
        label: `Variables of ${service.slug} in ${environment}`,
        keywords: ["config", "secrets", "environment variables", service.name],
        run: { href: paths.serviceVariables({ service: service.slug, environment }) },
      }));
    });
  },
};
