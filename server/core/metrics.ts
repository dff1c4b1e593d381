import { collectDefaultMetrics, Counter, Gauge, Histogram, register } from "prom-client";
import { AppError } from "./errors.ts";
import { oncePerProcess } from "./once-per-process.ts";

/** Default metrics that break the naming rules of OpenMetrics: gauges called `_total`. */
const badlyNamed = ["nodejs_active_handles_total", "nodejs_active_requests_total", "nodejs_active_resources_total"];

/** What a connection pool says of itself. */
export type PoolState = { totalCount: number; idleCount: number; waitingCount: number };

function create() {
  let pool: PoolState | undefined;
  new Gauge({
    name: "quarterdeck_database_connections",
    help: "Connections of this process's pool, and calls that wait for one.",
    labelNames: ["state"] as const,
    collect() {
      this.set({ state: "busy" }, (pool?.totalCount ?? 0) - (pool?.idleCount ?? 0));
      this.set({ state: "idle" }, pool?.idleCount ?? 0);
      this.set({ state: "waiting" }, pool?.waitingCount ?? 0);
    },
  });
  let hasDefaults = false;
  return {
    /** Memory, event loop, garbage collection: observed from the first time that somebody asks. */
    addDefaults() {
      if (hasDefaults) return;
      hasDefaults = true;
      collectDefaultMetrics();
      for (const name of badlyNamed) register.removeSingleMetric(name);
    },
    usePool: (state: PoolState) => void (pool = state),
    commands: new Counter({
      name: "quarterdeck_commands_total",
      help: "Commands by name and outcome: done, or the code of the error.",
      labelNames: ["command", "outcome"] as const,
    }),
    commandSeconds: new Histogram({
      name: "quarterdeck_command_seconds",
      help: "Duration of commands.",
      labelNames: ["command"] as const,
      buckets: [0.005, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
    }),
    events: new Counter({
      name: "quarterdeck_events_total",
      help: "Events that commands of this process recorded, by topic.",
      labelNames: ["topic"] as const,
    }),
  };
}

// prom-client's registry is one per process: what is registered twice is an error.
const instruments = () => oncePerProcess("metrics", create);

/** Shows the state of the process's connection pool from now on. */
export function watchPool(pool: PoolState): void {
  instruments().usePool(pool);
}

/** Runs a command and counts it. */
export async function measureCommand<T>(command: string, run: () => Promise<T>): Promise<T> {
  const { commands, commandSeconds } = instruments();
  const stop = commandSeconds.startTimer({ command });
  let outcome = "done";
  try {
    return await run();
  } catch (error) {
    outcome = error instanceof AppError ? error.code : "internal";
    throw error;
  } finally {
    commands.inc({ command, outcome });
    stop();
  }
}

/** Counts one recorded event. */
export function countEvent(topic: string): void {
  instruments().events.inc({ topic });
}

/** Everything in the text format that Prometheus reads; its labels name operations and states, never people. */
export async function metricsText(): Promise<{ body: string; contentType: string }> {
  instruments().addDefaults();
  return { body: await register.metrics(), contentType: register.contentType };
}
