import { Counter, Histogram } from "prom-client";

// Next bundles routes apart; the registry of prom-client is shared, so a second registration must find the first.
const shared = globalThis as typeof globalThis & {
  quarterdeckHttp?: { requests: Counter<"operation" | "status">; seconds: Histogram<"operation"> };
};

function instruments() {
  shared.quarterdeckHttp ??= {
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
  };
  return shared.quarterdeckHttp;
}

/** Counts one answered request. `operation` is a name of the router, never part of an address. */
export function observeRequest(operation: string, status: number, durationMs: number): void {
  const { requests, seconds } = instruments();
  requests.inc({ operation, status: String(status) });
  seconds.observe({ operation }, durationMs / 1000);
}
