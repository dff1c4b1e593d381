import { Prisma } from "../db/generated/client.ts";
import type { Tx } from "../db/client.ts";
import { parseActorRef } from "./actor.ts";
import type { Ctx } from "./context.ts";
import { newId } from "./ids.ts";
import { countEvent } from "./metrics.ts";

/** One write, as the audit log, live pages and (where a running system changed) the timeline see it. */
export type Recorded = {
  /** `noun.verb`, such as `deployment.create`. */
  action: string;
  /** Live topic, the domain's name. */
  topic: string;
  subject: { kind: string; id: string };
  serviceId?: string | undefined;
  environmentId?: string | undefined;
  reason?: string | undefined;
  /** Fields before and after; never secrets. */
  changes?: Prisma.InputJsonObject;
  /** Present when a running system changed: goes to the timeline with what undoes it. */
  change?: {
    kind: string;
    title: string;
    targetIds: string[];
    facts?: Prisma.InputJsonObject;
    undo?: Prisma.InputJsonObject;
    /** Who wanted it, such as `user:usr_…`, when that is not who carries it out. */
    wantedBy?: string;
  };
};

async function insertChange(tx: Tx, ctx: Ctx, entry: Recorded, change: NonNullable<Recorded["change"]>): Promise<void> {
  const actor = change.wantedBy === undefined ? ctx.actor : parseActorRef(change.wantedBy);
  await tx.change.create({
    data: {
      id: newId("change"),
      at: ctx.now(),
      kind: change.kind,
      title: change.title,
      targetIds: change.targetIds,
      subjectKind: entry.subject.kind,
      subjectId: entry.subject.id,
      serviceId: entry.serviceId ?? null,
      environmentId: entry.environmentId ?? null,
      actorKind: actor.kind,
      actorId: actor.id,
      facts: change.facts ?? {},
      undo: change.undo ?? Prisma.DbNull,
    },
  });
}

/** Writes audit entries, timeline changes and events in the command's own transaction. */
export async function appendRecords(tx: Tx, ctx: Ctx, entries: Recorded[]): Promise<void> {
  const common = (entry: Recorded) => ({
    serviceId: entry.serviceId ?? null,
    environmentId: entry.environmentId ?? null,
  });
  await tx.auditEntry.createMany({
    data: entries.map((entry) => ({
      id: newId("audit"),
      at: ctx.now(),
      actorKind: ctx.actor.kind,
      actorId: ctx.actor.id,
      action: entry.action,
      subjectKind: entry.subject.kind,
      subjectId: entry.subject.id,
      reason: entry.reason ?? null,
      changes: entry.changes ?? {},
      requestId: ctx.requestId,
      ...common(entry),
    })),
  });
  await tx.event.createMany({
    data: entries.map((entry) => ({
      id: newId("event"),
      at: ctx.now(),
      topic: entry.topic,
      action: entry.action,
      subjectId: entry.subject.id,
      ...common(entry),
    })),
  });
  for (const entry of entries) countEvent(entry.topic);
  for (const entry of entries) if (entry.change) await insertChange(tx, ctx, entry, entry.change);
  await tx.$executeRaw`select pg_notify('quarterdeck_pending', '')`;
}
