import { actorNames, type ActorName } from "../../core/actor-names.ts";
import { query } from "../../core/query.ts";
import type { Db, Tx } from "../../db/client.ts";
import type { Act } from "../../db/generated/client.ts";
import { findEnvironment } from "../../environments/queries.ts";
import { findService } from "../queries.ts";
import { serviceHistoryInput, type ActDto } from "../schema.ts";

/** What an act was asked to do, and what a scaling found when it began. */
export type ActInput = { desiredCount?: number; before?: number; task?: string };

/** What an act was asked to do; only the commands of this domain write the column. */
export const actInputOf = (act: Pick<Act, "input">) => act.input as ActInput;

function toDto(act: Act, nameOf: (ref: string) => ActorName): ActDto {
  const { desiredCount = null, before = null, task = null } = actInputOf(act);
  return {
    id: act.id,
    targetId: act.targetId,
    desiredCount,
    before,
    task,
    reason: act.reason,
    error: act.error,
    // Kind and status are only ever written from the closed lists of the schema.
    kind: act.kind as ActDto["kind"],
    status: act.status as ActDto["status"],
    createdBy: nameOf(act.createdBy),
    createdAt: act.createdAt.toISOString(),
    finishedAt: act.finishedAt?.toISOString() ?? null,
  };
}

async function actDtosOf(on: Db | Tx, acts: Act[]): Promise<ActDto[]> {
  const nameOf = await actorNames(
    on,
    acts.map((act) => act.createdBy),
  );
  return acts.map((act) => toDto(act, nameOf));
}

/** The DTO of an act that is known to exist. */
export async function actDtoOf(on: Db | Tx, id: string): Promise<ActDto> {
  const act = await on.act.findUniqueOrThrow({ where: { id } });
  return toDto(act, await actorNames(on, [act.createdBy]));
}

/** What people did to the targets of a service, newest first. Each target is asked apart, by its index. */
export const listServiceActs = query({
  name: "listServiceActs",
  permission: "all:read",
  input: serviceHistoryInput,
  async run({ db }, { service: reference, environment, limit }): Promise<ActDto[]> {
    const service = await findService(db, reference);
    const place = environment === undefined ? {} : { environmentId: (await findEnvironment(db, environment)).id };
    const targets = await db.target.findMany({ where: { serviceId: service.id, ...place }, select: { id: true } });
    const acts: Act[] = [];
    for (const { id: targetId } of targets) {
      acts.push(...(await db.act.findMany({ where: { targetId }, orderBy: { id: "desc" }, take: limit })));
    }
    return actDtosOf(db, acts.toSorted((a, b) => (a.id < b.id ? 1 : -1)).slice(0, limit));
  },
});
