import { openDb } from "#server/db/client.ts";
import { everyRead } from "#server/testing/plans/reads.ts";
import { loadSamples } from "#server/testing/plans/samples.ts";
import { apiOf } from "./api.ts";
import { loadDatabase } from "./database.ts";
import { ms, percentile, printTable, timesOf, verdict } from "./figures.ts";

/** Milliseconds that the slowest way to ask for a list may take in nineteen of twenty calls. */
const barMs = 30;
const repeats = 20;

/**
 * Of twenty calls the 95th percentile is the second longest, and of 300 ways some have two that fell into a pause of the
 * machine. A way that misses is asked this often, and judged by that.
 */
const repeatsOfDoubted = 200;

/**
 * Every read of the API with every combination of filters, first page and deep in the list, through the whole of the
 * API's handler. The peer is the least that any call costs in the same run: GET /me, which reads one person.
 */
export async function lists(): Promise<void> {
  const database = await loadDatabase();
  const db = openDb(database.url, 4);
  try {
    const call = await apiOf(db);
    for (let warm = 0; warm < 50; warm += 1) await call("/api/v1/me");
    const peer = percentile(await timesOf(100, () => call("/api/v1/me")), 0.95);
    const rows: Record<string, string | number>[] = [];
    for (const [operation, ways] of Map.groupBy(await everyRead(await loadSamples(db)), (read) => read.operation)) {
      const timed = [];
      for (const { path } of ways) {
        await call(path);
        const first = await timesOf(repeats, () => call(path));
        const isDoubted = percentile(first, 0.95) >= barMs;
        const times = isDoubted ? await timesOf(repeatsOfDoubted, () => call(path)) : first;
        timed.push({ path, p95: percentile(times, 0.95), least: Math.min(...times) });
      }
      const worst = timed.toSorted((a, b) => b.p95 - a.p95)[0];
      if (!worst) continue;
      rows.push({
        operation,
        ways: ways.length,
        "median way p95": ms(
          percentile(
            timed.map(({ p95 }) => p95),
            0.5,
          ),
        ),
        "worst way p95": ms(worst.p95),
        "slowest least": ms(Math.max(...timed.map(({ least }) => least))),
        "times GET /me": (worst.p95 / peer).toFixed(1),
        [`under ${barMs} ms`]: verdict(worst.p95 < barMs),
        "worst way": worst.path.slice(0, 90),
      });
    }
    printTable(`Reads of the API on the load seed; GET /me has p95 ${ms(peer)}`, rows);
  } finally {
    await db.$disconnect();
    await database.close();
  }
}
