import type { Ctx } from "../../core/context.ts";
import { whyNot } from "../../core/permissions.ts";
import type { Environment, Release, Service } from "../../db/generated/client.ts";
import { lockOn } from "../../locks/queries/open.ts";
import { atPlace, holderOf, metOf, type MetRow } from "../commands/holders.ts";
import type { PlanDto } from "../schema.ts";

type Place = { service: Service; environment: Environment };
type About = Pick<PlanDto, "conflict" | "lock" | "held" | "targets">;

async function conflictOf(
  ctx: Ctx,
  place: Place,
  { underWay, waiting }: { underWay: MetRow[]; waiting: MetRow | null },
) {
  const row = underWay[0] ?? waiting;
  if (!row) return null;
  const isUndo = [...underWay, ...(waiting ? [waiting] : [])].some((one) => metOf(one).isUndo);
  const needed = isUndo ? "gates:override" : "deployments:write";
  return {
    deployment: row.id,
    words: (await holderOf(ctx.db, row)).words,
    isWaiting: row.status === "queued",
    isUndo,
    supersede: whyNot(ctx.actor, needed, place, ctx.now()),
  };
}

/** What a request would meet now: another deployment, a lock, a held release; and the targets that it is for. */
export async function planConflict(ctx: Ctx, place: Place, release: Release | null): Promise<About> {
  const { service, environment } = place;
  const ids = { serviceId: service.id, environmentId: environment.id };
  const targets = await ctx.db.target.findMany({
    where: ids,
    include: { release: true },
    orderBy: [{ wave: "asc" }, { id: "asc" }],
  });
  const lock = await lockOn(ctx.db, { ...ids, targetIds: targets.map((target) => target.id) }, ctx.now());
  const verdict = release
    ? await ctx.db.verdict.findUnique({
        where: { releaseId_environmentId: { releaseId: release.id, environmentId: environment.id } },
      })
    : null;
  return {
    conflict: await conflictOf(ctx, place, await atPlace(ctx.db, ids)),
    lock: lock ? { id: lock.id, words: lock.words, pass: whyNot(ctx.actor, "gates:override", place, ctx.now()) } : null,
    held: verdict?.held
      ? { reason: verdict.reason, deploy: whyNot(ctx.actor, "verdicts:write", place, ctx.now()) }
      : null,
    targets: targets.map(({ id, cluster, region, wave, release: runs }) => ({
      id,
      cluster,
      region,
      wave,
      version: runs?.version ?? null,
    })),
  };
}
