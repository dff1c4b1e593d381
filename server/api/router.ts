import { changesRouter } from "../changes/api.ts";
import { deploymentsRouter } from "../deployments/api.ts";
import { environmentsRouter } from "../environments/api.ts";
import { releasesRouter } from "../releases/api.ts";
import { servicesRouter } from "../services/api.ts";

/** Every operation of `/api/v1`, one line per domain. */
export const router = {
  changes: changesRouter,
  deployments: deploymentsRouter,
  environments: environmentsRouter,
  releases: releasesRouter,
  services: servicesRouter,
};
