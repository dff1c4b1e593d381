import { hostname } from "node:os";
import { Logger, run, type Runner, type Task, type TaskList } from "graphile-worker";
import { z } from "zod";
import { createClientSource } from "../aws/clients.ts";
import { awsPorts } from "../aws/ports.ts";
import { startUsage } from "../aws/usage.ts";
import { config, timeScale } from "../core/config.ts";
import { log } from "../core/log.ts";
import { traced } from "../core/trace.ts";
import { measureJob } from "../core/work-metrics.ts";
import { openDb } from "../db/client.ts";
import { openLocks } from "../db/lock.ts";
import { roleSource } from "../environments/queries/role-source.ts";
import { startListener } from "../events/listen.ts";
import { startHeartbeat } from "./heartbeat.ts";
import { startMetricsServer } from "./metrics-server.ts";
import { enqueue } from "./queue.ts";
import { watchQueue } from "./queue-metrics.ts";
import { atStart, crontab, taskNames, tasks, type TaskName } from "./tasks.ts";
import type { WorkerContext } from "./worker-context.ts";

process.title = "quarterdeck-worker";

/**
 * Jobs that run at once in this process. Most wait for AWS, and those that look in the same moment share calls. Each
 * holds one connection while it has a lock.
 */
const concurrency = 16;

/** Running jobs are given this long to end; what is cut off is taken up again by the next worker. */
const shutdownMs = 8_000;

function taskList(context: WorkerContext): TaskList {
  const run = async (name: TaskName, payload: unknown) => {
    const startedAt = performance.now();
    try {
      await tasks[name](context, payload);
      log.debug({ job: name, payload, durationMs: Math.round(performance.now() - startedAt) }, "job");
    } catch (error) {
      log.warn({ job: name, payload, err: error }, "a job failed; it is tried again");
      throw error;
    }
  };
  const wrap =
    (name: TaskName): Task =>
    (payload, { job }) => {
      const from = z.object({ traceparent: z.string() }).safeParse(payload).data ?? {};
      const attributes = { "messaging.system": "graphile-worker", "quarterdeck.job_attempt": job.attempts };
      return traced({ name: `job ${name}`, kind: "consumer", attributes, from }, () =>
        measureJob(name, job.run_at, () => run(name, payload)),
      );
    };
  return Object.fromEntries(taskNames.map((name) => [name, wrap(name)]));
}

/**
 * With delays, even of nothing, a job whose end cannot be written ends the queue in order. Without, Graphile Worker
 * leaves that promise to nobody, and Node ends the process in the middle of whatever it does.
 */
const writesOfEnds = { completeJobBatchDelay: 0, failJobBatchDelay: 0 };

/** What the queue itself has to say, among our own lines: each job that ran is not news. */
const queueLogger = new Logger(() => (level, message) => {
  if (level === "error") log.warn({ queue: message }, "job queue");
  else if (level === "warning") log.info({ queue: message }, "job queue");
  else log.debug({ queue: message }, "job queue");
});

async function main(): Promise<void> {
  const settings = config();
  const url = settings.DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is not set. npm start sets it for the embedded database.");
  const endpoint = settings.OTEL_EXPORTER_OTLP_ENDPOINT;
  const telemetry = endpoint
    ? (await import("../core/telemetry.ts")).startTelemetry(endpoint, "quarterdeck-worker")
    : undefined;
  const db = openDb(url);
  const context: WorkerContext = {
    db,
    ports: awsPorts(
      createClientSource(
        {},
        roleSource(() => db),
      ),
    ),
    locks: openLocks(url, concurrency),
    scale: timeScale(),
  };
  const listener = startListener(url);
  const runner: Runner = await run({
    connectionString: url,
    concurrency,
    maxPoolSize: concurrency,
    pollInterval: 1_000,
    noHandleSignals: true,
    logger: queueLogger,
    taskList: taskList(context),
    crontab,
    preset: { worker: writesOfEnds },
  });
  // Not the runner's promise: when more than one job's end could not be written, it may never be settled.
  const queueEnds = new Promise((resolve) => runner.events.once("pool:gracefulShutdown", resolve));
  runner.promise.catch(() => undefined);
  for (const name of atStart) await enqueue(db, name, {}, { key: "start" });
  const usage = startUsage(db);
  watchQueue(db);
  const port = settings.WORKER_METRICS_PORT;
  const metrics = port ? startMetricsServer({ host: settings.HOST, port }) : undefined;
  const heartbeat = startHeartbeat(db, `${hostname()}:${process.pid}`);
  log.info({ scale: context.scale }, "worker started");

  let stopping = false;
  const stop = async (why: string, code = 0): Promise<void> => {
    if (stopping) return;
    stopping = true;
    log[code === 0 ? "info" : "warn"]({ why }, "worker stops");
    setTimeout(() => process.exit(code), shutdownMs).unref();
    await heartbeat.stop();
    metrics?.close();
    // It refuses when it has ended by itself.
    await runner.stop().catch(() => undefined);
    await usage.stop();
    await telemetry?.stop();
    await Promise.allSettled([listener.close(), context.locks.close(), db.$disconnect()]);
    process.exit(code);
  };
  // Whoever keeps the worker running starts another, which waits for the database: jobs under way are taken up again.
  void queueEnds.then(() => stop("the job queue gave up, as it does when the database goes away while jobs run", 1));
  process.on("SIGTERM", () => void stop("SIGTERM"));
  process.on("SIGINT", () => void stop("SIGINT"));
  if (process.env.QUARTERDECK_PARENT_PIPE === "1")
    process.stdin.resume().once("close", () => void stop("parent ended"));
}

main().catch((error: unknown) => {
  log.error({ err: error }, "the worker could not start");
  process.exit(1);
});
