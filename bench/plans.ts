import pg from "pg";
import { openDb } from "#server/db/client.ts";
import { statementsOf } from "#server/testing/plans/capture.ts";
import { complaintsOf, planOf } from "#server/testing/plans/explain.ts";
import { everyRead } from "#server/testing/plans/reads.ts";
import { loadSamples } from "#server/testing/plans/samples.ts";
import { apiOf } from "./api.ts";
import { loadDatabase } from "./database.ts";
import { printTable } from "./figures.ts";

/** Every statement of every read as the planner carries it out among a million deployments: a count, without a clock. */
export async function plans(): Promise<void> {
  const database = await loadDatabase();
  const db = openDb(database.url, 4);
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    const call = await apiOf(db);
    const rows: Record<string, string | number>[] = [];
    const found: string[] = [];
    for (const [operation, ways] of Map.groupBy(await everyRead(await loadSamples(db)), (read) => read.operation)) {
      const statements = await statementsOf(async () => {
        for (const { path } of ways) await call(path);
      });
      let bad = 0;
      const distinct = new Map(statements.map((statement) => [statement.text, statement]));
      for (const statement of distinct.values()) {
        const complaints = complaintsOf(await planOf(client, statement));
        if (complaints.length > 0) bad += 1;
        found.push(
          ...complaints.map(
            (complaint) => `${operation}: ${complaint}\n    ${statement.text.replaceAll(/\s+/g, " ").slice(0, 400)}`,
          ),
        );
      }
      rows.push({ operation, ways: ways.length, statements: distinct.size, "scan or sort too much": bad });
    }
    printTable("Plans of every read on the load seed", rows);
    for (const line of found) console.log(line);
    if (found.length > 0) process.exitCode = 1;
  } finally {
    await client.end();
    await db.$disconnect();
    await database.close();
  }
}
