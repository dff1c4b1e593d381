import type { Ctx } from "../../core/context.ts";
import { lockOn } from "../../locks/queries/open.ts";
import { atPlace, holderOf, metOf } from "../commands/holders.ts";
import { passesLock } from "../engine/begin-waiting.ts";
import { isActive } from "../rules.ts";

type Row = { id: string; status: string; serviceId: string; environmentId: string; overrides: unknown };

/** What a deployment that waits, or its next wave, waits for, in words; null when nothing of it waits. */
export async function waitsFor(ctx: Ctx, row: Row): Promise<string | null> {
  if (!isActive(row.status)) return null;
  const { underWay, waiting } = await atPlace(ctx.db, row);
  const own = [...underWay, ...(waiting ? [waiting] : [])].find((one) => one.id === row.id);
  const queued = own?.targets.filter((run) => run.status === "queued") ?? [];
  if (!own || queued.length === 0) return null;
  const targetIds = queued.map((run) => run.targetId);
  const holder = underWay.find((one) => one.id !== row.id && metOf(one).targetIds.some((id) => targetIds.includes(id)));
  if (holder) return `It begins when this has ended: ${(await holderOf(ctx.db, holder)).words}`;
  const first = Math.min(...queued.map((run) => run.wave));
  const isNext = own.targets.every((run) => run.status === "queued" || run.status === "succeeded");
  if (row.status !== "queued" && !isNext) return `Wave ${first} begins when the targets before it have succeeded.`;
  const lock = passesLock(row.overrides) ? undefined : await lockOn(ctx.db, { ...row, targetIds }, ctx.now());
  return lock ? `It goes on when the lock has ended. ${lock.words}` : "It begins in a moment.";
}
