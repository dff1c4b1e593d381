import type { Db, Tx } from "../../db/client.ts";
import type { TargetDto } from "../../services/schema.ts";
import { statesOfTarget, type TargetRow } from "./secret-states.ts";

type Told = TargetDto["secrets"];

/**
 * Of these targets, those with a secret that changed after their oldest task started, or that cannot be resolved: a
 * handful of many, so that only theirs are judged. Null asks about all.
 */
export async function secretSuspects(on: Db | Tx, targetIds: string[] | null): Promise<Set<string>> {
  const rows = await on.$queryRaw<{ id: string }[]>`
    select distinct s.target_id as id from secret_states s
    left join lateral (
      select min(started_at) as at from tasks
      where target_id = s.target_id and stopped_at is null and last_status = 'RUNNING'
    ) oldest on true
    where (${targetIds}::text[] is null or s.target_id = any(${targetIds})) and (s.error is not null or s.changed_at > oldest.at)`;
  return new Set(rows.map(({ id }) => id));
}

/** By target: secrets whose value is not what the tasks started with, or would fail the next task; the worst first. */
export async function changedSecrets(on: Db | Tx, targets: readonly TargetRow[]): Promise<Map<string, Told>> {
  const ids = await secretSuspects(
    on,
    targets.map(({ id }) => id),
  );
  const told = new Map<string, Told>();
  for (const target of targets.filter(({ id }) => ids.has(id))) {
    const states = await statesOfTarget(on, target);
    const secrets = states.flatMap(({ state, names, reference, changedAt, headline }) =>
      state === "current" || state === "unknown" ? [] : [{ state, names, reference, changedAt, headline }],
    );
    if (secrets.length > 0) told.set(target.id, secrets);
  }
  return told;
}
