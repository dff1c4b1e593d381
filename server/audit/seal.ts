import { requiredSecret } from "../core/config.ts";
import { firstId } from "../core/ids.ts";
import { log } from "../core/log.ts";
import { inTransaction, type Db, type Tx } from "../db/client.ts";
import { genesis, linkHash } from "./chain.ts";

/** The end of the chain: how many seals there are, and the hash of the last. */
export type Head = { count: bigint; hash: string; entryId: string };

/** Entries younger than this wait, so that most of them are sealed in the order of their ids. */
const settleMs = 5_000;
const batchSize = 500;
/** How far behind the last sealed entry another one may turn up. Transactions end after seconds; this is a day. */
const lookBackMs = 24 * 3600_000;

/** The last head that this process wrote or saw, by database. */
const remembered = new WeakMap<Db, Head>();

/** The last seal; undefined before the first. */
export async function readHead(on: Db | Tx): Promise<Head | undefined> {
  const last = await on.auditSeal.findFirst({ orderBy: { seq: "desc" } });
  return last ? { count: last.seq, hash: last.hash, entryId: last.entryId } : undefined;
}

/** The moment in an entry's id, epoch milliseconds. */
function momentOf(id: string): number {
  return Number.parseInt(id.slice(4, 16), 16);
}

/** Refuses to go on where seals have disappeared: a new chain over changed entries must not be made with the real key. */
async function assertNotRewound(tx: Tx, known: Head): Promise<void> {
  const seal = await tx.auditSeal.findUnique({ where: { seq: known.count } });
  if (seal?.hash === known.hash) return;
  throw new Error(
    `The audit chain had ${known.count} seals ending in ${known.hash}, and has not any more. Nothing was sealed.`,
  );
}

async function unsealedIds(tx: Tx, { after, before }: { after: string; before: Date }): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select e.id from audit_entries e
    where e.id > ${after} and e.at <= ${before} and not exists (select 1 from audit_seals s where s.entry_id = e.id)
    order by e.id limit ${batchSize}`;
  return rows.map((row) => row.id);
}

async function appendSeals(tx: Tx, key: string, head: Head | undefined, ids: string[]): Promise<Head | undefined> {
  const entries = await tx.auditEntry.findMany({ where: { id: { in: ids } }, orderBy: { id: "asc" } });
  let end = head;
  const seals = entries.map((entry) => {
    const count: bigint = (end?.count ?? 0n) + 1n;
    end = { count, hash: linkHash(key, end?.hash ?? genesis, count, entry), entryId: entry.id };
    return { seq: end.count, entryId: end.entryId, hash: end.hash };
  });
  await tx.auditSeal.createMany({ data: seals });
  return end;
}

type Batch = { sealed: number; head: Head | undefined };

async function sealBatch(db: Db, key: string, now: Date): Promise<Batch> {
  return inTransaction(db, async (tx) => {
    const [lock] = await tx.$queryRaw<{ held: boolean }[]>`
      select pg_try_advisory_xact_lock(hashtext('quarterdeck.audit_seal')) as held`;
    if (!lock?.held) return { sealed: 0, head: undefined };
    const head = await readHead(tx);
    const known = remembered.get(db);
    if (known) await assertNotRewound(tx, known);
    // A long transaction may commit an entry whose id is older than what is sealed: it is taken as it turns up. The
    // first time after a start nothing is left out, however old.
    const after = known && head ? firstId("audit", momentOf(head.entryId) - lookBackMs) : "";
    const ids = await unsealedIds(tx, { after, before: new Date(now.getTime() - settleMs) });
    return { sealed: ids.length, head: ids.length === 0 ? head : await appendSeals(tx, key, head, ids) };
  });
}

/**
 * Seals what is not sealed yet. One process at a time does it, another that comes meanwhile does nothing. The head
 * goes to the log as well, where a database writer cannot take it back.
 * @returns how many entries were sealed.
 */
export async function sealAudit(db: Db, now = new Date(), key = requiredSecret("AUDIT_KEY")): Promise<number> {
  let total = 0;
  for (;;) {
    const { sealed, head } = await sealBatch(db, key, now);
    if (head) remembered.set(db, head);
    total += sealed;
    if (sealed > 0 && head) log.info({ count: Number(head.count), hash: head.hash }, "audit sealed");
    if (sealed < batchSize) return total;
  }
}
