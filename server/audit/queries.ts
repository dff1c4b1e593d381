import { actorNames } from "../core/actor-names.ts";
import type { Ctx } from "../core/context.ts";
import { firstId, madeBetween } from "../core/ids.ts";
import { cutPage } from "../core/page.ts";
import { query } from "../core/query.ts";
import type { Db, Tx } from "../db/client.ts";
import type { AuditEntry, Prisma } from "../db/generated/client.ts";
import { environmentRefOf, findEnvironment } from "../environments/queries.ts";
import { findService } from "../services/queries.ts";
import { auditChainInput, listAuditInput, type AuditEntryDto, type ListAuditInput } from "./schema.ts";
import { readHead } from "./seal.ts";
import { subjectNames } from "./subject-names.ts";

async function filterOf(db: Db | Tx, input: ListAuditInput): Promise<Prisma.AuditEntryWhereInput> {
  const { actor, action, subject, service, environment, from, to, cursor } = input;
  const and: Prisma.AuditEntryWhereInput[] = madeBetween("audit", from, to);
  if (cursor) and.push({ id: { lt: cursor } });
  if (actor) and.push({ actorId: actor });
  if (action) and.push(action.includes(".") ? { action } : { action: { startsWith: `${action}.` } });
  if (subject) and.push({ subjectId: subject });
  if (service) and.push({ serviceId: (await findService(db, service)).id });
  if (environment) and.push({ environmentId: (await findEnvironment(db, environment)).id });
  return { AND: and };
}

const present = (values: (string | null)[]) => [...new Set(values.filter((value) => value !== null))];

async function auditDtos({ db }: Pick<Ctx, "db">, rows: AuditEntry[]): Promise<AuditEntryDto[]> {
  const [seals, services, environments, nameOf, subjectName] = await Promise.all([
    db.auditSeal.findMany({ where: { entryId: { in: rows.map((row) => row.id) } }, select: { entryId: true } }),
    db.service.findMany({
      where: { id: { in: present(rows.map((row) => row.serviceId)) } },
      select: { id: true, slug: true, name: true },
    }),
    db.environment.findMany({ where: { id: { in: present(rows.map((row) => row.environmentId)) } } }),
    actorNames(
      db,
      rows.map((row) => `${row.actorKind}:${row.actorId}`),
    ),
    subjectNames(
      db,
      rows.map((row) => ({ kind: row.subjectKind, id: row.subjectId })),
    ),
  ]);
  const sealed = new Set(seals.map((seal) => seal.entryId));
  const serviceOf = new Map(services.map((row) => [row.id, row]));
  const environmentOf = new Map(environments.map((row) => [row.id, environmentRefOf(row)]));
  return rows.map((row) => ({
    id: row.id,
    at: row.at.toISOString(),
    actor: nameOf(`${row.actorKind}:${row.actorId}`),
    action: row.action,
    subject: { kind: row.subjectKind, id: row.subjectId, name: subjectName(row.subjectKind, row.subjectId) },
    service: row.serviceId ? (serviceOf.get(row.serviceId) ?? null) : null,
    environment: row.environmentId ? (environmentOf.get(row.environmentId) ?? null) : null,
    reason: row.reason,
    // Commands write objects only.
    changes: row.changes as Record<string, unknown>,
    requestId: row.requestId,
    sealed: sealed.has(row.id),
  }));
}

/** Audit entries, newest first. */
export const listAudit = query({
  name: "listAudit",
  permission: "audit:read",
  input: listAuditInput,
  async run(ctx, input) {
    const where = await filterOf(ctx.db, input);
    const rows = await ctx.db.auditEntry.findMany({ where, orderBy: { id: "desc" }, take: input.limit + 1 });
    const page = cutPage(rows, input.limit);
    return { items: await auditDtos(ctx, page.rows), next: page.next };
  },
});

/** How far the chain reaches. */
export const getAuditChain = query({
  name: "getAuditChain",
  permission: "audit:read",
  input: auditChainInput,
  async run({ db, now }) {
    const head = await readHead(db);
    const after = firstId("audit", now().getTime() - 24 * 3600_000);
    const [row] = await db.$queryRaw<{ count: bigint }[]>`
      select count(*) as count from audit_entries e
      left join lateral (select true as sealed from audit_seals s where s.entry_id = e.id limit 1) seal on true
      where e.id > ${after} and seal.sealed is null`;
    const last = head && (await db.auditSeal.findUnique({ where: { seq: head.count } }));
    return {
      sealed: Number(head?.count ?? 0n),
      unsealed: Number(row?.count ?? 0n),
      head: head?.hash ?? null,
      sealedAt: last?.at.toISOString() ?? null,
    };
  },
});
