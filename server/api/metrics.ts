import { Counter, Histogram } from "prom-client";
import { oncePerProcess } from "../core/once-per-process.ts";

// prom-client's registry is one per process: what is registered twice is an error.
const instruments = () =>
  oncePerProcess("http metrics", () => ({
    requests: new Counter({
      name: "quarterdeck_api_requests_total",
      help: "Requests to /api/v1 by operation and status; none: there is no such operation, or nobody signed in.",
      labelNames: ["operation", "status"] as const,
    }),
    seconds: new Histogram({
      name: "quarterdeck_api_request_seconds",
      help: "Duration of requests to /api/v1.",
      labelNames: ["operation"] as const,
      buckets: [0.005, 0.01, 0.03, 0.1, 0.3, 1, 3],
    }),
  }));

/** Counts one answered request. `operation` is a name of the router, never part of an address. */
export function observeRequest(operation: string, status: number, durationMs: number): void {
  const { requests, seconds } = instruments();
  requests.inc({ operation, status: String(status) });
  seconds.observe({ operation }, durationMs / 1000);
}
