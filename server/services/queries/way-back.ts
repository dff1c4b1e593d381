import type { Db, Tx } from "../../db/client.ts";

/** Of these targets, those for which another release than the one that runs is known to work there. */
export async function targetsWithWayBack(on: Db | Tx, targetIds: string[]): Promise<Set<string>> {
  const rows = await on.$queryRaw<{ id: string }[]>`
    select t.id from targets t
    cross join lateral (
      select 1 from verdicts v
      where v.service_id = t.service_id and v.environment_id = t.environment_id and v.verdict = 'good'
        and v.release_id is distinct from t.release_id
      limit 1
    ) good
    where t.id = any(${targetIds})`;
  return new Set(rows.map(({ id }) => id));
}

/** Pairs of these releases and environments of which it is known that they do not work together. */
export async function badVerdicts(
  on: Db | Tx,
  releaseIds: string[],
): Promise<(release: string, environment: string) => boolean> {
  const rows = await on.verdict.findMany({
    where: { verdict: "bad", releaseId: { in: releaseIds } },
    select: { releaseId: true, environmentId: true },
  });
  const bad = new Set(rows.map(({ releaseId, environmentId }) => `${releaseId}/${environmentId}`));
  return (release, environment) => bad.has(`${release}/${environment}`);
}
