import { get, type IncomingMessage } from "node:http";
import { openDb } from "#server/db/client.ts";
import { newId } from "#server/core/ids.ts";
import { loadDatabase } from "./database.ts";
import { ms, percentile, printTable } from "./figures.ts";
import { startWeb, type Web } from "./web.ts";

const clients = 1_000;
const events = 20;
const betweenMs = 500;

type Client = { close(): void };

/** A live page that tells when an event arrived, by the id of what it is about. */
function follow(web: Web, heard: (subjectId: string) => void): Promise<Client> {
  return new Promise((resolve, reject) => {
    const request = get(
      `${web.url}/api/events`,
      { headers: { cookie: web.cookie }, agent: false },
      (response: IncomingMessage) => {
        if (response.statusCode !== 200) return reject(new Error(`/api/events answered ${response.statusCode}`));
        response.setEncoding("utf8").on("data", (text: string) => {
          if (text.includes("event: hello")) resolve({ close: () => request.destroy() });
          for (const [, id] of text.matchAll(/"id":"(bench-[^"]+)"/g)) heard(id ?? "");
        });
        response.on("error", () => undefined);
      },
    );
    request.on("error", reject);
  });
}

/** A thousand live pages on one web process: memory, processor, and how long after its commit an event reaches each. */
export async function streams(): Promise<void> {
  const database = await loadDatabase();
  const db = openDb(database.url, 2);
  const web = await startWeb(database.url);
  const open: Client[] = [];
  try {
    const committedAt = new Map<string, number>();
    const delays: number[] = [];
    const heard = (id: string) => delays.push(performance.now() - (committedAt.get(id) ?? Number.NaN));
    const [memory, cpuBefore] = [web.memory(), web.cpu()];
    while (open.length < clients)
      open.push(...(await Promise.all(Array.from({ length: 50 }, () => follow(web, heard)))));
    const cpuOpened = web.cpu();
    await new Promise((resolve) => setTimeout(resolve, 10_000));
    const cpuIdle = web.cpu() - cpuOpened;
    const cpuStart = web.cpu();
    for (let index = 0; index < events; index += 1) {
      const id = `bench-${Date.now()}-${index}`;
      await db.event.create({
        data: { id: newId("event"), topic: "deployments", action: "deployment.end", subjectId: id },
      });
      committedAt.set(id, performance.now());
      await db.$executeRaw`select pg_notify('quarterdeck_pending', '')`;
      await new Promise((resolve) => setTimeout(resolve, betweenMs));
    }
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    printTable(`${clients} live pages on one web process, ${events} events`, [
      { figure: "memory before", value: `${Math.round(memory)} MiB` },
      { figure: "memory for each page", value: `${(((web.memory() - memory) * 1024) / clients).toFixed(1)} KiB` },
      { figure: "CPU to connect each", value: ms((cpuOpened - cpuBefore) / clients) },
      { figure: "CPU while idle", value: `${(cpuIdle / 100).toFixed(1)} % of one processor` },
      { figure: "CPU for each event and page", value: ms((web.cpu() - cpuStart) / events / clients) },
      { figure: "events heard", value: `${delays.length} of ${clients * events}` },
      { figure: "delay median", value: ms(percentile(delays, 0.5)) },
      { figure: "delay p95", value: ms(percentile(delays, 0.95)) },
      { figure: "delay at most", value: ms(Math.max(...delays)) },
    ]);
  } finally {
    for (const client of open) client.close();
    await web.close();
    await db.$disconnect();
    await database.close();
  }
}
