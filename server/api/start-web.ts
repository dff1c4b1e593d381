import { startUsage } from "../aws/usage.ts";
import { notePeers } from "../auth/peer.ts";
import { config } from "../core/config.ts";
import { db } from "../db/client.ts";

/** Next's server waits for open live streams, and they never end: they connect again to whoever comes next. */
const deadlineMs = 5_000;

/**
 * What the web process does besides answering: it notes by whose connection a request came, sends traces where they
 * are wanted, and writes down its calls of AWS.
 */
export async function startWeb(): Promise<void> {
  notePeers();
  const { DATABASE_URL: url, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = config();
  const telemetry = endpoint
    ? (await import("../core/telemetry.ts")).startTelemetry(endpoint, "quarterdeck-web")
    : undefined;
  const usage = url ? startUsage(db()) : undefined;
  // Beside Next's own handlers, which end the process once open requests are answered.
  const end = () => {
    const flushed = Promise.allSettled([usage?.stop(), telemetry?.stop()]);
    setTimeout(() => void flushed.then(() => process.exit(0)), deadlineMs).unref();
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, end);
}
