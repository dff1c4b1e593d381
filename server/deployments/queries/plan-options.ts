import type { Ctx } from "../../core/context.ts";
import type { Environment, Release, Service } from "../../db/generated/client.ts";
import type { PlanDto } from "../schema.ts";
import { goodReleases } from "./good-releases.ts";

type Asked = { kind: PlanDto["kind"]; service: Service; environment: Environment; currentId: string | null };
type Options = { options: PlanDto["options"]; preselected: Release | undefined };

/** Releases to choose from and the one to begin with: for a rollback the last known good one, else the newest that does not run and failed nowhere. */
export async function planOptions(ctx: Ctx, { kind, service, environment, currentId }: Asked): Promise<Options> {
  if (kind === "rollback") {
    const good = (await goodReleases(ctx.db, service.id, environment.id)).filter(
      ({ release }) => release.id !== currentId,
    );
    const options = good.map(({ release, at }) => ({
      id: release.id,
      version: release.version,
      at: at.toISOString(),
      verdict: "good" as const,
    }));
    return { options, preselected: good[0]?.release };
  }
  if (kind === "config") return { options: [], preselected: undefined };
  const releases = await ctx.db.release.findMany({
    where: { serviceId: service.id },
    include: { verdicts: true },
    orderBy: { id: "desc" },
    take: 50,
  });
  const options = releases.map((release) => ({
    id: release.id,
    version: release.version,
    at: release.createdAt.toISOString(),
    // Only the two verdicts are ever written.
    verdict: (release.verdicts.find((one) => one.environmentId === environment.id)?.verdict ?? null) as
      "good" | "bad" | null,
  }));
  // What failed anywhere is not what a person most likely means to deploy here.
  const fresh = releases.find((one) => one.id !== currentId && one.verdicts.every(({ verdict }) => verdict !== "bad"));
  return { options, preselected: fresh ?? releases[0] };
}
