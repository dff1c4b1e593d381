import { auditRouter } from "../audit/api.ts";
import { changesRouter } from "../changes/api.ts";
import { costsRouter } from "../costs/api.ts";
import { deploymentsRouter } from "../deployments/api.ts";
import { environmentsRouter } from "../environments/api.ts";
import { locksRouter } from "../locks/api.ts";
import { releasesRouter } from "../releases/api.ts";
import { servicesRouter } from "../services/api.ts";
import {
  elevationsRouter,
  grantsRouter,
  meRouter,
  sessionsRouter,
  teamsRouter,
  tokensRouter,
  usersRouter,
} from "../teams/api.ts";
import { variablesRouter } from "../variables/api.ts";

/** Every operation of `/api/v1`, one line per domain. */
export const router = {
  audit: auditRouter,
  changes: changesRouter,
  costs: costsRouter,
  deployments: deploymentsRouter,
  elevations: elevationsRouter,
  environments: environmentsRouter,
  grants: grantsRouter,
  locks: locksRouter,
  me: meRouter,
  releases: releasesRouter,
  services: servicesRouter,
  sessions: sessionsRouter,
  teams: teamsRouter,
  tokens: tokensRouter,
  users: usersRouter,
  variables: variablesRouter,
};
