import type { Ctx } from "../../core/context.ts";
import type { Environment, Release, Target } from "../../db/generated/client.ts";
import { recentDeployments } from "../../services/queries/recent.ts";
import { findHolder } from "../commands/holders.ts";
import type { PlanDto } from "../schema.ts";

type Asked = {
  kind: PlanDto["kind"];
  environment: Environment;
  target: Target | null;
  release: Release | null;
};
type Warnings = { warnings: string[]; notUndone: string[]; deploymentId: string | null };

/** What a rollback leaves as it is: it brings back a task definition, nothing else. */
const notUndone = [
  "Database migrations and data stay as they are.",
  "Flags stay as they are, and so do the variables: those that run now go on, with the earlier release.",
];

/** What a person should know before confirming, and which deployment a rollback would undo. */
export async function planWarnings(ctx: Ctx, { kind, environment, target, release }: Asked): Promise<Warnings> {
  if (!target) {
    return { warnings: ["The service has no target in this environment."], notUndone: [], deploymentId: null };
  }
  const warnings: string[] = [];
  if (kind === "config" && !release) {
    warnings.push(
      "It is not known which release runs here, or the targets run different ones. Deploy one to all of them: the variables go with it.",
    );
  }
  const { current } = await recentDeployments(ctx.db, [target.id]);
  const holder = await findHolder(ctx.db, [target.id]);
  if (release && release.id === target.releaseId && kind !== "config")
    warnings.push(`${release.version} runs here already: its tasks would be replaced.`);
  const verdict = release
    ? await ctx.db.verdict.findUnique({
        where: { releaseId_environmentId: { releaseId: release.id, environmentId: environment.id } },
      })
    : null;
  if (release && verdict?.verdict === "bad") {
    warnings.push(
      `${release.version} did not work here before${verdict.held ? " and is held" : ""}: ${verdict.reason}`,
    );
  }
  const deploymentId = kind === "rollback" ? (holder?.id ?? current.get(target.id)?.id ?? null) : null;
  return { warnings, notUndone: kind === "rollback" ? notUndone : [], deploymentId };
}
