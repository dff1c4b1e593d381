import type { Db } from "../db/client.ts";
import type { AuditSeal } from "../db/generated/client.ts";
import { genesis, linkHash } from "./chain.ts";

/** The first place where the chain does not hold. */
export type Break = {
  kind: "missing_seal" | "missing_entry" | "changed" | "head";
  seq: bigint;
  entryId?: string;
  words: string;
};

export type Verification = {
  sealed: bigint;
  hash: string | undefined;
  broken: Break | undefined;
  /** Entries that no seal covers yet, and when the oldest says it was made. */
  unsealed: { count: number; oldest: Date | null };
  /** Sealed after entries much younger than themselves: written late, or made up later with an earlier date. */
  backdated: { count: number; firstId: string | undefined };
};

const batchSize = 1000;
/** Transactions end after 15 seconds; beyond this a late entry is worth a look. */
const lateMs = 10 * 60_000;

type Walk = { seq: bigint; hash: string; newest: number; backdated: Verification["backdated"] };

const brokenAt = (kind: Break["kind"], seq: bigint, words: string, entryId?: string): Break =>
  entryId === undefined ? { kind, seq, words } : { kind, seq, entryId, words };

/** Checks some seals in order, and moves `walk` to the last that holds. */
async function checkBatch(db: Db, key: string, walk: Walk, seals: AuditSeal[]): Promise<Break | undefined> {
  const rows = await db.auditEntry.findMany({ where: { id: { in: seals.map((seal) => seal.entryId) } } });
  const entryOf = new Map(rows.map((row) => [row.id, row]));
  for (const { seq, entryId, hash } of seals) {
    const expected = walk.seq + 1n;
    if (seq !== expected)
      return brokenAt("missing_seal", expected, `Seal ${expected} is missing: the next one is ${seq}.`);
    const entry = entryOf.get(entryId);
    if (!entry)
      return brokenAt("missing_entry", seq, `Entry ${entryId}, sealed as number ${seq}, was deleted.`, entryId);
    if (linkHash(key, walk.hash, seq, entry) !== hash) {
      const words = `Entry ${entryId} is not what was sealed as number ${seq}: it was changed, or put in another's place.`;
      return brokenAt("changed", seq, words, entryId);
    }
    const at = entry.at.getTime();
    if (at < walk.newest - lateMs) {
      walk.backdated.count += 1;
      walk.backdated.firstId ??= entryId;
    }
    Object.assign(walk, { seq, hash, newest: Math.max(walk.newest, at) });
  }
  return undefined;
}

/** A head from the log must still be in the chain; seals and entries cut off at the end show nowhere else. */
async function checkHead(db: Db, head: { count: bigint; hash: string }): Promise<Break | undefined> {
  const seal = await db.auditSeal.findUnique({ where: { seq: head.count } });
  if (seal?.hash === head.hash) return undefined;
  const words = seal
    ? `Seal ${head.count} is another one than the log says: the chain was written anew.`
    : `The log says that there were ${head.count} seals. The end of the chain was cut off.`;
  return brokenAt("head", head.count, words);
}

async function countUnsealed(db: Db): Promise<Verification["unsealed"]> {
  const [row] = await db.$queryRaw<{ count: bigint; oldest: Date | null }[]>`
    select count(*) as count, min(e.at) as oldest from audit_entries e
    where not exists (select 1 from audit_seals s where s.entry_id = e.id)`;
  return { count: Number(row?.count ?? 0), oldest: row?.oldest ?? null };
}

/**
 * Recomputes the whole chain. Entries that a long transaction committed late stand later in the chain than their
 * ids say, which is no break. What the chain alone cannot show is an end that was cut off: pass `head` from the log.
 */
export async function verifyAudit(db: Db, key: string, head?: { count: bigint; hash: string }): Promise<Verification> {
  const walk: Walk = { seq: 0n, hash: genesis, newest: 0, backdated: { count: 0, firstId: undefined } };
  let broken: Break | undefined;
  let last = -1n;
  while (!broken) {
    const seals = await db.auditSeal.findMany({
      where: { seq: { gt: last } },
      orderBy: { seq: "asc" },
      take: batchSize,
    });
    last = seals.at(-1)?.seq ?? last;
    if (seals.length > 0) broken = await checkBatch(db, key, walk, seals);
    if (seals.length < batchSize) break;
  }
  broken ??= head ? await checkHead(db, head) : undefined;
  const { seq, hash, backdated } = walk;
  return { sealed: seq, hash: seq > 0n ? hash : undefined, broken, unsealed: await countUnsealed(db), backdated };
}
