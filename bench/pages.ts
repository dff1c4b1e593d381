import { openDb } from "#server/db/client.ts";
import { loadDatabase } from "./database.ts";
import { ms, percentile, printTable, timesOf, verdict } from "./figures.ts";
import { startWeb } from "./web.ts";

/** Milliseconds in which the whole of a page has arrived, in nineteen of twenty calls. */
const barMs = 100;
const repeats = 40;

/** Pages rendered on the server with their data, until the last byte. The peer is /health in the same process and run. */
export async function pages(): Promise<void> {
  const database = await loadDatabase();
  const db = openDb(database.url, 2);
  const deployment = await db.deployment.findFirstOrThrow({ orderBy: { id: "desc" }, include: { service: true } });
  await db.$disconnect();
  const web = await startWeb(database.url);
  try {
    const get = async (path: string) => {
      const response = await fetch(web.url + path, { headers: { cookie: web.cookie }, redirect: "manual" });
      const body = await response.text();
      if (response.status !== 200) throw new Error(`${path} answered ${response.status}`);
      // A page that failed on the way is sent with status 200 all the same.
      if (path !== "/health" && !body.includes("service-"))
        throw new Error(`${path} shows no service: ${body.slice(-500)}`);
      return body.length;
    };
    const wanted = {
      overview: "/",
      service: `/services/${deployment.service.slug}`,
      deployment: `/deployments/${deployment.id}`,
      deployments: "/deployments",
      changes: "/changes",
      audit: "/audit",
    };
    for (let warm = 0; warm < 5; warm += 1) for (const path of Object.values(wanted)) await get(path);
    const peer = percentile(await timesOf(100, () => get("/health")), 0.95);
    const rows = [];
    for (const [page, path] of Object.entries(wanted)) {
      const before = web.cpu();
      const times = await timesOf(repeats, () => get(path));
      const p95 = percentile(times, 0.95);
      rows.push({
        page,
        kB: Math.round((await get(path)) / 1024),
        least: ms(Math.min(...times)),
        median: ms(percentile(times, 0.5)),
        p95: ms(p95),
        "times /health": (p95 / peer).toFixed(1),
        "CPU each": ms((web.cpu() - before) / repeats),
        [`under ${barMs} ms`]: verdict(p95 < barMs),
      });
    }
    printTable(`Pages on the load seed; /health has p95 ${ms(peer)}`, rows);
  } finally {
    await web.close();
    await database.close();
  }
}
