import type { Ctx } from "../../core/context.ts";
import type { Db, Tx } from "../../db/client.ts";
import type { SecretStateDto } from "../schema.ts";
import { baseReference, judgeSecret, secretName } from "../secret-state.ts";
import { keptDefinition, secretsOf } from "./running-secrets.ts";
import type { Place } from "./versions.ts";

const worstFirst: readonly SecretStateDto["state"][] = ["broken", "changed", "pinned_old", "unknown", "current"];

const byState = (states: readonly SecretStateDto[]) =>
  states.toSorted((a, b) => worstFirst.indexOf(a.state) - worstFirst.indexOf(b.state));

export type TargetRow = { id: string; taskDefinitionArn: string | null; ecsService: string };

/** What is known of the secrets that one target's tasks run with, the worst first. */
export async function statesOfTarget(db: Db | Tx, target: TargetRow): Promise<SecretStateDto[]> {
  const observed = new Map(
    (await db.secretState.findMany({ where: { targetId: target.id } })).map((row) => [row.reference, row]),
  );
  const oldest = await db.task.findFirst({
    where: { targetId: target.id, stoppedAt: null, lastStatus: "RUNNING" },
    orderBy: { startedAt: "asc" },
    select: { startedAt: true },
  });
  const definition = await keptDefinition(db, target);
  // Of a task definition that somebody else made, only what the observer saw is known.
  const used = definition
    ? secretsOf(definition)
    : [...observed.keys()].map((one) => ({ name: secretName(one), valueFrom: one }));
  const named = Map.groupBy(used, (one) => one.valueFrom);
  const states = [...named].map(([valueFrom, users]) => {
    const names = [...new Set(users.map((one) => one.name))];
    const seen = observed.get(baseReference(valueFrom));
    return {
      target: target.id,
      names,
      reference: baseReference(valueFrom),
      ...judgeSecret({ valueFrom, names: names.join(", ") }, seen, oldest?.startedAt ?? null),
      changedAt: seen?.changedAt?.toISOString() ?? null,
    };
  });
  return byState(states);
}

/** What is known of the secrets that the targets of a place run with, the worst first. */
export async function secretStatesOf(ctx: Ctx, { service, environment }: Place): Promise<SecretStateDto[]> {
  const targets = await ctx.db.target.findMany({
    where: { serviceId: service.id, environmentId: environment.id },
    orderBy: [{ wave: "asc" }, { id: "asc" }],
  });
  const states: SecretStateDto[] = [];
  for (const target of targets) states.push(...(await statesOfTarget(ctx.db, target)));
  return byState(states);
}
