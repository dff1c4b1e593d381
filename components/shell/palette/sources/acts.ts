import { paths } from "#components/lib/paths.ts";
import type { PaletteItem, PaletteSource } from "../source.ts";

/** What the person may do now: "Deploy qkart-backend to production", "Roll back qkart-backend in production". */
export const actSource: PaletteSource = {
  heading: "Do",
  ofService: (service) =>
    service.targets.flatMap((target): PaletteItem[] => {
      const place = { service: service.slug, environment: target.environment.slug };
      const deploy = {
        label: `Deploy ${place.service} to ${place.environment}`,
        act: "deploy" as const,
        can: target.can.deploy,
      };
      const back = {
        label: `Roll back ${place.service} in ${place.environment}`,
        act: "rollback" as const,
        can: target.can.rollback,
      };
      return [deploy, back]
        .filter(({ can }) => can === true)
        .map(({ label, act }) => ({
          id: `${act}:${target.id}`,
          label,
          run: { href: paths.service({ ...place, act }) },
        }));
    }),
};
