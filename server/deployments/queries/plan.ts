import { portsOf, type Ctx } from "../../core/context.ts";
import { whyNot } from "../../core/permissions.ts";
import { query } from "../../core/query.ts";
import type { Environment, Release, Service, Target } from "../../db/generated/client.ts";
import { environmentRefOf, findEnvironment } from "../../environments/queries.ts";
import { findReleaseOf } from "../../releases/queries.ts";
import { findService, serviceRefOf } from "../../services/queries.ts";
import { renderedConfig } from "../../variables/queries/rendered.ts";
import { findVersion, newestVersion } from "../../variables/queries/versions.ts";
import { differences } from "../differences.ts";
import { isFollowed } from "../engine/followed.ts";
import { lastGoodDefinition } from "../engine/load.ts";
import { RuntimeFailure } from "../ports.ts";
import { renderedOrBase } from "../render.ts";
import { planInput, type GateDto, type PlanDto } from "../schema.ts";
import { evaluateGates } from "../steps/gates.ts";
import type { GateOutcome } from "../steps/step.ts";
import { planConflict } from "./plan-conflict.ts";
import { planOptions } from "./plan-options.ts";
import { planWarnings } from "./plan-warnings.ts";
import { lastGoodConfig, variablesBetween } from "./variables.ts";

type Chosen = { kind: PlanDto["kind"]; target: Target; release: Release; configVersionId: string | null };

const gateDto = ({ name, title, result, reason, facts, overridable }: GateOutcome): GateDto => ({
  name,
  title,
  result,
  reason,
  facts,
  overridable,
  overrideReason: null,
});

/** What a deployment would change, and how its gates would answer now. Reads only. */
async function lookAhead(
  ctx: Ctx,
  { kind, target, release, configVersionId }: Chosen,
): Promise<Pick<PlanDto, "differences" | "gates" | "warnings">> {
  const ports = portsOf(ctx);
  try {
    const artefacts = await ctx.db.artefact.findMany({ where: { releaseId: release.id } });
    const service = await ports.runtime.describeService(target);
    const current = await ports.runtime.describeTaskDefinition(target, service.taskDefinitionArn);
    const stored =
      kind === "rollback" ? await lastGoodDefinition(ctx.db, { targetId: target.id, releaseId: release.id }) : null;
    const base = stored ?? current.definition;
    const config = await renderedConfig(ctx.db, configVersionId);
    // What is under way in the portal is told as a conflict.
    const place = { knownTaskDefinitionArn: target.taskDefinitionArn, isFollowed: await isFollowed(ctx.db, target.id) };
    const outcomes = await evaluateGates(
      { ports, placement: target, service, current, base, artefacts, config, kind, ...place },
      [],
    );
    const changed = differences(current.definition, renderedOrBase(base, artefacts, config));
    return { differences: changed, gates: outcomes.map(gateDto), warnings: [] };
  } catch (error) {
    if (!(error instanceof RuntimeFailure)) throw error;
    return { differences: [], gates: [], warnings: [`What would change cannot be shown now: ${error.message}`] };
  }
}

const asRef = (release: Release | null | undefined) => (release ? { id: release.id, version: release.version } : null);

type Place = { service: Service; environment: Environment };

type PlanInput = { kind: PlanDto["kind"]; version?: string | undefined; configVersion?: number | undefined };

/** Config version that would go with it: a rollback keeps the one that runs. */
async function plannedConfig(
  ctx: Ctx,
  { kind, configVersion }: PlanInput,
  place: Place,
  target: Target | null,
): Promise<string | null> {
  if (configVersion !== undefined) return (await findVersion(ctx.db, place, configVersion)).id;
  if (kind === "rollback") return target?.configVersionId ?? null;
  return (await newestVersion(ctx.db, place))?.id ?? null;
}

/** What a rollback does about variables, in the numbers of their versions. */
async function aboutVariables(
  ctx: Ctx,
  {
    kind,
    target,
    release,
    configVersionId,
  }: Omit<Chosen, "target" | "release"> & { target: Target | null; release: Release | null },
) {
  const fromId = target?.configVersionId ?? null;
  const variables = await variablesBetween(ctx.db, { fromId, toId: configVersionId });
  const good =
    kind === "rollback" && target && release
      ? await lastGoodConfig(ctx.db, { targetId: target.id, releaseId: release.id })
      : null;
  const last = good && good !== fromId ? await ctx.db.configVersion.findUnique({ where: { id: good } }) : null;
  return { variables, lastRanWith: last?.number ?? null };
}

async function planFor(ctx: Ctx, input: PlanInput, { service, environment }: Place): Promise<PlanDto> {
  const targets = await ctx.db.target.findMany({
    where: { serviceId: service.id, environmentId: environment.id },
    include: { release: true },
    orderBy: [{ wave: "asc" }, { id: "asc" }],
  });
  const target = targets[0] ?? null;
  // Variables alone go only where all targets run one release.
  const common = targets.every((one) => one.releaseId === target?.releaseId) ? target?.release : null;
  const { options, preselected } = await planOptions(ctx, {
    kind: input.kind,
    service,
    environment,
    currentId: target?.releaseId ?? null,
  });
  const chosen = input.kind === "config" ? (common ?? undefined) : preselected;
  const wanted = input.version ? await findReleaseOf(ctx.db, service, input.version) : chosen;
  const configVersionId = await plannedConfig(ctx, input, { service, environment }, target);
  const ahead =
    target && wanted ? await lookAhead(ctx, { kind: input.kind, target, release: wanted, configVersionId }) : undefined;
  const about = await planWarnings(ctx, { kind: input.kind, environment, target, release: wanted ?? null });
  return {
    kind: input.kind,
    service: serviceRefOf(service),
    environment: environmentRefOf(environment),
    from: asRef(target?.release),
    to: asRef(wanted),
    deploymentId: about.deploymentId,
    options,
    ...(await aboutVariables(ctx, { kind: input.kind, target, release: wanted ?? null, configVersionId })),
    differences: ahead?.differences ?? [],
    gates: ahead?.gates ?? [],
    warnings: [...about.warnings, ...(ahead?.warnings ?? [])],
    notUndone: about.notUndone,
    ...(await planConflict(ctx, { service, environment }, wanted ?? null)),
    canOverride: whyNot(ctx.actor, "gates:override", { service, environment }, ctx.now()),
  };
}

/** What would happen: shown before a person confirms. */
export const planDeployment = query({
  name: "planDeployment",
  permission: "all:read",
  input: planInput,
  async run(ctx, input) {
    const service = await findService(ctx.db, input.service);
    const environment = await findEnvironment(ctx.db, input.environment);
    return planFor(ctx, input, { service, environment });
  },
});
