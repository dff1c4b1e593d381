import type pg from "pg";
import { openDb } from "../../db/client.ts";
import { openLocks } from "../../db/lock.ts";
import { advanceDeployment, healDeployments } from "../../deployments/jobs.ts";
import type { Ports } from "../../deployments/ports.ts";
import type { WorkerContext } from "../../jobs/worker-context.ts";
import { workAs, type Mortal } from "./checkpoint.ts";

/** Real milliseconds between two looks at the queue. */
const idleMs = 25;

export type MortalOptions = {
  url: string;
  ports: Ports;
  scale: number;
  /** Connection that outlives every worker. */
  overseer: pg.Pool;
  /** Asked at every checkpoint. */
  diesAt(point: string): Promise<boolean>;
  /** Before each look at a job. */
  beforeJob?(): Promise<void>;
  /** The engine's clock, which goes on after each look that its worker outlives. */
  clock: { now(): Date; goOn(): void };
  isOver(): Promise<boolean>;
  /** The run that it works at; others share the database. */
  runId: string;
};

const immortal: Mortal = { at: async () => undefined };

let count = 0;

/**
 * Plays one worker process until `isOver`, or until it dies. As after SIGKILL nothing of it runs on from there: no
 * catch, no finally. PostgreSQL sees its connections break, which rolls back its transaction and frees its locks.
 * What it had taken from the queue stays taken. Answers whether it died.
 */
export async function work(options: MortalOptions): Promise<boolean> {
  const name = `mortal ${process.pid} ${(count += 1)}`;
  const url = new URL(options.url);
  url.searchParams.set("application_name", name);
  const db = openDb(url.href, 3);
  const locks = openLocks(url.href, 1);
  const { overseer } = options;
  let isDead = false;
  let died = (): void => undefined;
  const death = new Promise<true>((resolve) => (died = () => resolve(true)));
  const never = new Promise<void>(() => undefined);
  const mortal: Mortal = {
    async at(point) {
      if (!isDead && (await options.diesAt(point))) {
        isDead = true;
        died();
      }
      if (isDead) await never;
    },
  };
  // Ports of its own: what a process remembers of what it read dies with it.
  const context: WorkerContext = {
    db,
    ports: { ...options.ports },
    locks,
    scale: options.scale,
    now: () => options.clock.now(),
  };
  const live = async (): Promise<false> => {
    await healDeployments(context, {});
    while (!isDead && !(await options.isOver())) {
      // What a person does meanwhile is done by another process: it lives on.
      await workAs(immortal, async () => options.beforeJob?.());
      const job = await takeJob(overseer, options.runId);
      if (job) {
        await advanceDeployment(context, job);
        options.clock.goOn();
      } else await new Promise((resolve) => setTimeout(resolve, idleMs));
    }
    return false;
  };
  const hasDied = await Promise.race([workAs(mortal, live), death]);
  if (hasDied) await cut(overseer, name);
  // Both fail where connections are gone already, and wait for those that a dead worker still holds.
  const closed = Promise.allSettled([db.$disconnect(), locks.close()]);
  if (!hasDied) await closed;
  return hasDied;
}

/** Takes a run's job out of the queue, due or not: a look may come at any time. */
async function takeJob(overseer: pg.Pool, runId: string): Promise<object | undefined> {
  const { rows } = await overseer.query<{ payload: object }>(
    "delete from graphile_worker._private_jobs where key = $1 returning payload",
    [`deployment:advance:${runId}`],
  );
  return rows[0]?.payload;
}

async function cut(overseer: pg.Pool, name: string): Promise<void> {
  for (;;) {
    const { rowCount } = await overseer.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1",
      [name],
    );
    if (rowCount === 0) return;
  }
}
