import type { Ctx } from "../../core/context.ts";
import { whyNot } from "../../core/permissions.ts";
import { query } from "../../core/query.ts";
import { environmentRefOf } from "../../environments/queries.ts";
import { serviceRefOf } from "../../services/queries.ts";
import { diff } from "../rules.ts";
import { placeInput, type VariablesDto } from "../schema.ts";
import { versionDtosOf } from "./history.ts";
import { secretStatesOf } from "./secret-states.ts";
import { entriesOf, findPlace, newestVersion, shownEntries, type Place } from "./versions.ts";

type Running = {
  id: string;
  configVersion: { id: string; number: number } | null;
  release: { version: string } | null;
};

/** The release that all targets run; null when that is not one, or is not known. */
function commonRelease(running: Running[]): string | null {
  const [version = null, ...others] = new Set(running.map((one) => one.release?.version ?? null));
  return others.length === 0 ? version : null;
}

function applyPermit(allowed: true | string, newest: { number: number } | null, running: Running[]): true | string {
  if (allowed !== true) return allowed;
  if (!newest) return "There are no variables to apply yet.";
  if (running.length === 0) return "The service has no target here.";
  if (running.every((one) => !one.release))
    return "Nothing was deployed here by the portal yet: variables go with a release.";
  if (!commonRelease(running))
    return "The targets run different releases here. Deploy one release to all of them: the variables go with it.";
  if (running.every((one) => one.configVersion?.number === newest.number))
    return `Version ${newest.number} runs already.`;
  return true;
}

/** The variables of a service in an environment as its page shows them. */
async function variablesOf(ctx: Ctx, place: Place): Promise<VariablesDto> {
  const { db } = ctx;
  const newest = await newestVersion(db, place);
  const targets = await db.target.findMany({
    where: { serviceId: place.service.id, environmentId: place.environment.id },
    select: {
      id: true,
      configVersion: { select: { id: true, number: true } },
      release: { select: { version: true } },
    },
    orderBy: [{ wave: "asc" }, { id: "asc" }],
  });
  const entries = await entriesOf(db, newest?.id);
  const [version = null] = newest ? await versionDtosOf(db, [newest]) : [];
  const applied = targets[0]?.configVersion ?? null;
  const may = whyNot(ctx.actor, "variables:write", place, ctx.now());
  const mayDeploy = whyNot(ctx.actor, "deployments:write", place, ctx.now());
  return {
    service: serviceRefOf(place.service),
    environment: environmentRefOf(place.environment),
    number: newest?.number ?? 0,
    version,
    entries: shownEntries(entries),
    running: targets.map((one) => ({ target: one.id, number: one.configVersion?.number ?? null })),
    // Where nothing was applied yet, only the task definition knows what differs: the plan says it.
    pending: newest && applied && applied.id !== newest.id ? diff(await entriesOf(db, applied.id), entries) : [],
    secrets: await secretStatesOf(ctx, place),
    release: commonRelease(targets),
    can: {
      save: may,
      apply: applyPermit(mayDeploy, newest, targets),
      takeOver:
        may !== true
          ? may
          : newest
            ? "There are variables already."
            : targets.length > 0
              ? true
              : "The service has no target here.",
    },
  };
}

/** The newest variables of a place, what runs of them, and what may be done. */
export const getVariables = query({
  name: "getVariables",
  permission: "all:read",
  input: placeInput,
  run: async (ctx, input) => variablesOf(ctx, await findPlace(ctx.db, input)),
});
