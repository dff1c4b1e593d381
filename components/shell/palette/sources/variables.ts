import { paths } from "#components/lib/paths.ts";
import type { PaletteSource } from "../source.ts";

/** The variables of a service in every environment: "Variables of qkart-backend in staging". */
export const variableSource: PaletteSource = {
  heading: "Variables",
  ofService: (service) =>
    [...new Set(service.targets.map((target) => target.environment.slug))].map((environment) => ({
      id: `variables:${service.id}:${environment}`,
      label: `Variables of ${service.slug} in ${environment}`,
      keywords: ["config", "secrets", "environment variables", service.name],
      run: { href: paths.serviceVariables({ service: service.slug, environment }) },
    })),
};
