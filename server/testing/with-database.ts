import { afterAll, beforeAll } from "vitest";
import { openDb, type Db } from "../db/client.ts";
import { testDatabase, type TestDatabase } from "./database.ts";

/** Gives a test file a migrated database of its own. Read them inside tests and hooks, not while the file loads. */
export function withDatabase(): { readonly db: Db; readonly url: string } {
  let open: { database: TestDatabase; db: Db } | undefined;
  beforeAll(async () => {
    const database = await testDatabase();
    open = { database, db: openDb(database.url, 5) };
  });
  afterAll(async () => {
    await open?.db.$disconnect();
    await open?.database.drop();
  });
  const opened = () => {
    if (!open) throw new Error("The database is opened in beforeAll.");
    return open;
  };
  return {
    get db() {
      return opened().db;
    },
    get url() {
      return opened().database.url;
    },
  };
}

/** What a command left behind about a subject, oldest first. */
export async function recordedOf(db: Db, subjectId: string) {
  const audit = await db.auditEntry.findMany({ where: { subjectId }, orderBy: { id: "asc" } });
  const events = await db.event.findMany({ where: { subjectId }, orderBy: { id: "asc" } });
  return { audit, events };
}

/** Rows per table, without what Prisma and the job queue keep: a refused request leaves them as they were. */
export async function rowCounts(db: Db): Promise<Record<string, number>> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'public' and tablename <> '_prisma_migrations' order by 1`;
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const rows = await db.$queryRawUnsafe<{ count: bigint }[]>(`select count(*) from "${name}"`);
    counts[name] = Number(rows[0]?.count);
  }
  return counts;
}
