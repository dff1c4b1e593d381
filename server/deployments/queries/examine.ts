import { accountsOf, assertCan, portsOf, type Ctx } from "../../core/context.ts";
import { query } from "../../core/query.ts";
import type { Target } from "../../db/generated/client.ts";
import { environmentRefOf, findEnvironment } from "../../environments/queries.ts";
import { parseImage } from "../../releases/rules.ts";
import { isFollowed } from "../engine/followed.ts";
import { gates } from "../gates/index.ts";
import { RuntimeFailure, type RegisteredTaskDefinition, type ServiceState } from "../ports.ts";
import { examineInput, type ExaminationDto, type FindingDto } from "../schema.ts";
import { quotaFinding, serviceFindings } from "./examine-service.ts";

/** Targets that one examination looks at: each costs some thirty calls, and a request should end. */
const most = 20;

type Row = Target & { service: { slug: string } };

function failed(check: string, error: unknown, unanswered: "unknown" | "failed" = "unknown"): FindingDto {
  if (!(error instanceof RuntimeFailure)) throw error;
  const result = error.kind === "denied" ? "denied" : error.retryable ? unanswered : "failed";
  return { check, result, detail: error.inWords, policy: null };
}

/** What everything else stands on: without an answer nothing is known, and that is no good news. */
const cannot = (check: string, error: unknown) => failed(check, error, "failed");

/** What the gates of a deployment of what runs would say: images, secrets, log groups, alarms, percentages. */
async function gateFindings(
  ctx: Ctx,
  target: Row,
  seen: { service: ServiceState; running: RegisteredTaskDefinition },
): Promise<FindingDto[]> {
  const { service, running: current } = seen;
  const artefacts = current.definition.containerDefinitions.flatMap(({ name, image }) => {
    const { repository, digest } = parseImage(image);
    return digest ? [{ container: name, image: repository, digest }] : [];
  });
  const place = { knownTaskDefinitionArn: target.taskDefinitionArn, isFollowed: await isFollowed(ctx.db, target.id) };
  const input = {
    ports: portsOf(ctx),
    placement: target,
    service,
    current,
    base: current.definition,
    artefacts,
    config: null,
    ...place,
  };
  return Promise.all(
    gates.map(async (gate): Promise<FindingDto> => {
      try {
        const { result, reason } = await gate.evaluate({ ...input, kind: "deploy" });
        return {
          check: gate.title,
          result: result === "pass" ? "ok" : result === "fail" ? "failed" : "unknown",
          detail: reason,
          policy: null,
        };
      } catch (error) {
        return failed(gate.title, error);
      }
    }),
  );
}

async function look(
  ctx: Ctx,
  target: Row,
): Promise<{ service?: ServiceState; running?: RegisteredTaskDefinition; findings: FindingDto[] }> {
  const { runtime } = portsOf(ctx);
  try {
    const service = await runtime.describeService(target);
    try {
      return {
        service,
        running: await runtime.describeTaskDefinition(target, service.taskDefinitionArn),
        findings: [],
      };
    } catch (error) {
      return { service, findings: [cannot("Task definition can be read", error)] };
    }
  } catch (error) {
    return { findings: [cannot("Service can be read", error)] };
  }
}

async function examineTarget(ctx: Ctx, target: Row, watched: number): Promise<ExaminationDto["targets"][number]> {
  const { accountId, region, cluster, ecsService } = target;
  const about = { service: target.service.slug, target: target.id, accountId, region, cluster, ecsService };
  const accounts = accountsOf(ctx);
  try {
    // Identity and account before anything else: in another account nothing is asked.
    const { arn, roleArn } = await accounts.identity(target);
    const as = roleArn ? `${arn}, by the role ${roleArn}` : `${arn}, with the portal's own credentials`;
    const identity: FindingDto = {
      check: "Identity and account",
      result: "ok",
      detail: `In account ${accountId} as ${as}.`,
      policy: null,
    };
    const seen = await look(ctx, target);
    const { service, running } = seen;
    const checks = await accounts.probe(target, { ...(service ? { service } : {}), ...(running ? { running } : {}) });
    const permissions = checks.map(({ action, why, result, detail, policy }): FindingDto => ({
      check: action,
      result,
      detail: `Needed ${why}. ${detail}`,
      policy: result === "ok" ? null : policy,
    }));
    const configuration = [...seen.findings, ...(service ? serviceFindings(service) : [])];
    const gated = service && running ? await gateFindings(ctx, target, { service, running }) : [];
    return { ...about, findings: [identity, ...permissions, ...configuration, ...gated, quotaFinding(watched)] };
  } catch (error) {
    return { ...about, findings: [cannot("Identity and account", error)] };
  }
}

/** Whether an environment's accounts are ready for the portal: permissions, configuration, references. Reads only. */
export const examineEnvironment = query({
  name: "examineEnvironment",
  permission: "environments:write",
  input: examineInput,
  async run(ctx, { environment: reference, cursor }): Promise<ExaminationDto> {
    const environment = await findEnvironment(ctx.db, reference);
    assertCan(ctx, "environments:write", { environment });
    const all = await ctx.db.target.findMany({
      where: { environmentId: environment.id },
      include: { service: { select: { slug: true } } },
      orderBy: { id: "asc" },
    });
    const rows = cursor ? all.filter(({ id }) => id > cursor) : all;
    const page = rows.slice(0, most);
    const targets: ExaminationDto["targets"] = [];
    for (const row of page) {
      const { accountId, region } = row;
      targets.push(await examineTarget(ctx, row, await ctx.db.target.count({ where: { accountId, region } })));
    }
    const leftOut = rows.length - page.length;
    const next = leftOut > 0 ? (page.at(-1)?.id ?? null) : null;
    return { environment: environmentRefOf(environment), targets, leftOut, next };
  },
});
