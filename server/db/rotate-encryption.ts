import { CannotDecrypt, decrypt, encrypt, type Cell, type Keyring } from "../core/encryption.ts";
import { Prisma } from "./generated/client.ts";
import type { Db } from "./client.ts";

/** Every column whose values are encrypted, with the primary key that is part of the seal. A test finds others. */
export const encryptedColumns = [
  { table: "aws_roles", column: "external_id", key: ["environment_id", "account_id"] },
] as const;

type Column = (typeof encryptedColumns)[number];
type Row = { key: string[]; value: string };

export type Rotation = { rotated: number; current: number; failed: { cell: Cell; why: string }[] };

const name = (text: string) => Prisma.raw(`"${text}"`);
const names = (texts: readonly string[]) => Prisma.join(texts.map(name));

/** The next values in order of the primary key that the first key does not encrypt. */
function nextRows(
  db: Db,
  { table, column, key }: Column,
  at: { after: string[]; prefix: string; limit: number },
): Promise<Row[]> {
  const beyond = at.after.length > 0 ? Prisma.sql`(${names(key)}) > (${Prisma.join(at.after)})` : Prisma.sql`true`;
  return db.$queryRaw<Row[]>`
    select array[${names(key)}]::text[] as key, ${name(column)} as value
    from ${name(table)}
    where ${name(column)} is not null and not starts_with(${name(column)}, ${at.prefix}) and ${beyond}
    order by ${names(key)}
    limit ${at.limit}`;
}

/** Writes only over what was read: a value that somebody set meanwhile is newer, and stays. */
function replace(
  db: Pick<Db, "$executeRaw">,
  { table, column, key }: Column,
  row: Row,
  value: string,
): Promise<number> {
  const same = Prisma.join(
    key.map((part, index) => Prisma.sql`${name(part)} = ${row.key[index] ?? ""}`),
    " and ",
  );
  return db.$executeRaw`update ${name(table)} set ${name(column)} = ${value} where ${same} and ${name(column)} = ${row.value}`;
}

/**
 * Encrypts with the first key whatever another key encrypts. Each batch is a transaction, what is done is not looked
 * at again, so it may be cut off and repeated. Values that do not open are left as they are and reported.
 */
export async function rotateEncryption(db: Db, keyring: Keyring, batchSize = 500): Promise<Rotation> {
  const result: Rotation = { rotated: 0, current: 0, failed: [] };
  const prefix = `v1.${keyring[0]?.id}.`;
  for (const column of encryptedColumns) {
    let after: string[] = [];
    for (;;) {
      const rows = await nextRows(db, column, { after, prefix, limit: batchSize });
      if (rows.length === 0) break;
      await db.$transaction(async (tx) => {
        for (const row of rows) {
          const cell: Cell = { table: column.table, row: row.key.join("/"), column: column.column };
          try {
            result.rotated += await replace(tx, column, row, encrypt(keyring, cell, decrypt(keyring, cell, row.value)));
          } catch (error) {
            if (!(error instanceof CannotDecrypt)) throw error;
            result.failed.push({ cell, why: error.message });
          }
        }
      });
      after = rows.at(-1)?.key ?? [];
    }
    const [count] = await db.$queryRaw<{ count: bigint }[]>`
      select count(*) from ${name(column.table)} where starts_with(${name(column.column)}, ${prefix})`;
    result.current += Number(count?.count ?? 0);
  }
  return result;
}
