import { Gauge } from "prom-client";
import { log } from "../core/log.ts";
import type { Db } from "../db/client.ts";

type Waiting = { job: string; count: number; age: number };

/** Jobs that are due and wait for a worker, and how long the oldest of each has waited, in seconds. */
async function queueState(db: Db): Promise<Waiting[]> {
  return db.$queryRaw<Waiting[]>`
    select task_identifier as job, count(*)::int as count, extract(epoch from now() - min(run_at))::float8 as age
    from graphile_worker.jobs where run_at <= now() and locked_at is null and attempts < max_attempts group by 1`;
}

const shared = globalThis as typeof globalThis & { quarterdeckQueue?: { db: Db } };

/** Shows from now on what waits in the queue of this database. Asked each time that somebody reads the metrics. */
export function watchQueue(db: Db): void {
  if (shared.quarterdeckQueue) return void (shared.quarterdeckQueue.db = db);
  const watched = (shared.quarterdeckQueue = { db });
  const age = new Gauge({
    name: "quarterdeck_queue_age_seconds",
    help: "How long the oldest job has waited since it was due.",
    labelNames: ["job"] as const,
  });
  new Gauge({
    name: "quarterdeck_queue_jobs",
    help: "Jobs that are due and wait for a worker.",
    labelNames: ["job"] as const,
    async collect() {
      this.reset();
      age.reset();
      try {
        for (const { job, count, age: waited } of await queueState(watched.db)) {
          this.set({ job }, count);
          age.set({ job }, waited);
        }
      } catch (error) {
        log.warn({ err: error }, "the job queue could not be asked");
      }
    },
  });
}
