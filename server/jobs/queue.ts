import { traceCarrier, type TraceCarrier } from "../core/trace.ts";
import type { Tx, Db } from "../db/client.ts";
import type { TaskName } from "./tasks.ts";

export type JobOptions = {
  /** At most one waiting job per key; adding again replaces it. Carries the task name, since keys are global. */
  key?: string;
  /** Not before this moment. */
  runAt?: Date;
  /** The trace that it belongs to; by default the one that is open here. */
  from?: TraceCarrier;
};

/**
 * Adds a job on the caller's connection, so that it exists exactly when the change does.
 * The payload carries the trace on, so that what a request led to is found under it. A key is no mutex: a job that
 * runs already runs on, hence handlers guard themselves by row version.
 */
export async function enqueue(tx: Tx | Db, task: TaskName, payload: object, options: JobOptions = {}): Promise<void> {
  const carried = { ...payload, ...traceCarrier(), ...options.from };
  const key = options.key ? `${task}:${options.key}` : null;
  await tx.$executeRaw`
    select graphile_worker.add_job(
      ${task}::text, payload => ${JSON.stringify(carried)}::json, run_at => ${options.runAt ?? null}::timestamptz,
      max_attempts => ${25}::int, job_key => ${key}::text, job_key_mode => 'replace'
    )`;
}
