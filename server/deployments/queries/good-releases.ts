import type { Db, Tx } from "../../db/client.ts";
import type { Release } from "../../db/generated/client.ts";

export type GoodRelease = { release: Release; at: Date };

/** Releases that are known to work in an environment, the one that was last brought there first. Bad ones are never among them. */
export async function goodReleases(on: Db | Tx, serviceId: string, environmentId: string): Promise<GoodRelease[]> {
  const verdicts = await on.verdict.findMany({
    where: { serviceId, environmentId, verdict: "good" },
    include: { release: true },
    orderBy: [{ at: "desc" }, { releaseId: "desc" }],
    take: 50,
  });
  return verdicts.map(({ release, at }) => ({ release, at }));
}
