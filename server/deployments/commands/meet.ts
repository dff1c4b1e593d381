import { AppError, invalidField } from "../../core/errors.ts";
import type { CommandContext } from "../../core/command.ts";
import { allows } from "../../core/permissions.ts";
import type { Environment, Service } from "../../db/generated/client.ts";
import { lockOn, type MetLock } from "../../locks/queries/open.ts";
import { meet } from "../conflicts.ts";
import type { OnConflict } from "../schema.ts";
import { atPlace, holderOf, metOf, type MetRow } from "./holders.ts";

type Asked = {
  service: Service;
  environment: Environment;
  targetIds: string[];
  onConflict: OnConflict;
  reason: string;
  /** Who may and gave a reason passes a lock with a rollback. */
  passesLock: boolean;
};

function lockedError(lock: MetLock): AppError {
  return new AppError("conflict", lock.words, {
    reason: "locked",
    lock: lock.id,
    by: lock.by,
    lockedFor: lock.reason,
    until: lock.expiresAt?.toISOString() ?? null,
  });
}

const refusals = {
  under_way: { code: "conflict", reason: "deployment_active", more: "" },
  covers_less: {
    code: "conflict",
    reason: "covers_less",
    more: " It is for more targets than this request, and cannot be left half done.",
  },
  undo_under_way: {
    code: "forbidden",
    reason: "undo_under_way",
    more: " Taking the place of a rollback needs the role release manager.",
  },
} as const;

export type Course = { do: "begin" | "queue"; displaced: MetRow[] };

/** What becomes of a request at its place, whose rows the caller has locked; throws what refuses it. */
export async function courseOf(ctx: CommandContext, asked: Asked): Promise<Course> {
  const { service, environment, targetIds, onConflict } = asked;
  const place = { serviceId: service.id, environmentId: environment.id };
  const { underWay, waiting } = await atPlace(ctx.tx, place);
  const lock = asked.passesLock ? undefined : await lockOn(ctx.tx, { ...place, targetIds }, ctx.now());
  const answer = meet({
    onConflict,
    targetIds,
    isLocked: lock !== undefined,
    underWay: underWay.map(metOf),
    waiting: waiting && metOf(waiting),
    mayDisplaceUndo: allows(ctx.actor, "gates:override", { service, environment }, ctx.now()),
  });
  const rows = [...underWay, ...(waiting ? [waiting] : [])];
  if (answer.do === "refuse") {
    if (answer.why === "locked" && lock) throw lockedError(lock);
    const row = rows.find((one) => one.id === answer.by);
    if (!row || answer.why === "locked") throw new Error(`${service.slug} was refused by nobody`);
    const holder = await holderOf(ctx.tx, row);
    const { code, reason, more } = refusals[answer.why];
    throw new AppError(code, `${holder.words}${more}`, { reason, deployment: holder.id, by: holder.by });
  }
  const displaced = rows.filter((row) => answer.displaced.includes(row.id));
  if (!asked.reason.trim() && displaced.some((row) => metOf(row).isUndo)) {
    throw invalidField("reason", "Taking the place of a rollback needs a reason.");
  }
  return { do: answer.do, displaced };
}
