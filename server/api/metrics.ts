import { Counter, Histogram } from "prom-client";

// Next bundles routes apart; the registry of prom-client is shared, so a second registration must find the first.
const shared = globalThis as typeof globalThis & {
  quarterdeckHttp?: { requests: Counter<"method" | "status">; seconds: Histogram<"method"> };
};

function instruments() {
  shared.quarterdeckHttp ??= {
    requests: new Counter({
      name: "quarterdeck_api_requests_total",
      help: "Requests to /api/v1 by method and status.",
      labelNames: ["method", "status"] as const,
    }),
    seconds: new Histogram({
      name: "quarterdeck_api_request_seconds",
      help: "Duration of requests to /api/v1.",
      labelNames: ["method"] as const,
      buckets: [0.005, 0.01, 0.03, 0.1, 0.3, 1, 3],
    }),
  };
  return shared.quarterdeckHttp;
}

/** Counts one answered request. */
export function observeRequest(method: string, status: number, durationMs: number): void {
  const { requests, seconds } = instruments();
  requests.inc({ method, status: String(status) });
  seconds.observe({ method }, durationMs / 1000);
}
