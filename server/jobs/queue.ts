import { traceCarrier, type TraceCarrier } from "../core/trace.ts";
import type { Tx, Db } from "../db/client.ts";
import type { TaskName } from "./tasks.ts";

export type JobOptions = {
  /** At most one waiting job per key; adding again replaces it. Carries the task name, since keys are global. */
  key?: string;
  /** Not before this moment. */
  runAt?: Date;
  /**
   * Not before so many milliseconds have passed, by the clock of the database, which says what is due. With `runAt`: how
   * far off that is for the caller, which counts when the two clocks are more than a second apart.
   */
  inMs?: number;
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
  const { runAt = null, inMs = null } = options;
  await tx.$executeRaw`
    select graphile_worker.add_job(
      ${task}::text, payload => ${JSON.stringify(carried)}::json,
      run_at => case
        when ${inMs}::float8 is null then ${runAt}::timestamptz
        when abs(extract(epoch from ${runAt}::timestamptz - clock_timestamp()) * 1000 - ${inMs}::float8) < 1000 then ${runAt}::timestamptz
        else clock_timestamp() + ${inMs}::float8 * interval '1 millisecond'
      end,
      max_attempts => ${25}::int, job_key => ${key}::text, job_key_mode => 'replace'
    )`;
}
