import { Counter, Gauge, Histogram } from "prom-client";
import { oncePerProcess } from "./once-per-process.ts";

/** What a call of AWS came to. */
export type AwsOutcome = "done" | "throttled" | "failed";

const seconds = [0.01, 0.03, 0.1, 0.3, 1, 3, 10];

function create() {
  return {
    awsCalls: new Counter({
      name: "quarterdeck_aws_calls_total",
      help: "Calls of AWS with their repeats, by operation and outcome.",
      labelNames: ["service", "operation", "outcome"] as const,
    }),
    awsSeconds: new Histogram({
      name: "quarterdeck_aws_call_seconds",
      help: "Duration of calls of AWS, each attempt for itself.",
      labelNames: ["service", "operation"] as const,
      buckets: seconds,
    }),
    jobs: new Counter({
      name: "quarterdeck_jobs_total",
      help: "Jobs that ran in this process, by outcome.",
      labelNames: ["job", "outcome"] as const,
    }),
    jobSeconds: new Histogram({
      name: "quarterdeck_job_seconds",
      help: "Duration of jobs.",
      labelNames: ["job"] as const,
      buckets: seconds,
    }),
    jobLag: new Histogram({
      name: "quarterdeck_job_lag_seconds",
      help: "How late jobs began, against the moment that they were due: for deployment:advance, how late a step was looked at.",
      labelNames: ["job"] as const,
      buckets: seconds,
    }),
    streams: new Gauge({ name: "quarterdeck_event_streams", help: "Live pages that are connected to this process." }),
  };
}

// prom-client's registry is one per process: what is registered twice is an error.
const instruments = () => oncePerProcess("work metrics", create);

/** Counts one attempt of a call. */
export function countAwsCall(call: {
  service: string;
  operation: string;
  outcome: AwsOutcome;
  durationMs: number;
}): void {
  const { service, operation, outcome, durationMs } = call;
  instruments().awsCalls.inc({ service, operation, outcome });
  instruments().awsSeconds.observe({ service, operation }, durationMs / 1000);
}

/** Runs a job that was due at `dueAt` and counts it. */
export async function measureJob(job: string, dueAt: Date, run: () => Promise<void>): Promise<void> {
  const { jobs, jobSeconds, jobLag } = instruments();
  jobLag.observe({ job }, Math.max(0, Date.now() - dueAt.getTime()) / 1000);
  const stop = jobSeconds.startTimer({ job });
  let outcome = "failed";
  try {
    await run();
    outcome = "done";
  } finally {
    jobs.inc({ job, outcome });
    stop();
  }
}

/** Counts a live page until the function that is answered is called. */
export function countStream(): () => void {
  const { streams } = instruments();
  streams.inc();
  return () => streams.dec();
}
