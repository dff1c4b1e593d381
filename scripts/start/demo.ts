import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { writeWhole } from "../process/write-whole.ts";

/** Which database the demo was put into, and whether that came to its end. */
type DemoFile = { database: string; finished: boolean };

export type Demo = { needed: boolean; begin(): void; finish(): void };

/**
 * The demo goes into an empty database once. It is run again when it was interrupted, and when the database
 * moved to another address, which QKart's tasks must learn; it completes what is there.
 */
export async function demoState(dataDir: string, databaseUrl: string): Promise<Demo> {
  const file = path.join(dataDir, "demo.json");
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as DemoFile) : undefined;
  const database = createHash("sha256").update(databaseUrl).digest("hex");
  const write = (finished: boolean) => writeWhole(file, JSON.stringify({ database, finished } satisfies DemoFile));
  const needed = kept ? !kept.finished || kept.database !== database : await isEmpty(databaseUrl);
  return { needed, begin: () => write(false), finish: () => write(true) };
}

async function isEmpty(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query("SELECT NOT EXISTS (SELECT FROM environments) AS empty");
    return rows[0].empty;
  } finally {
    await client.end();
  }
}
