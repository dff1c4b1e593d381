import { metricsText } from "#server/core/metrics.ts";
import { db } from "#server/db/client.ts";
import { watchQueue } from "#server/jobs/queue-metrics.ts";

export const dynamic = "force-dynamic";

/** Prometheus metrics of this process, and of the job queue. */
export async function GET(): Promise<Response> {
  watchQueue(db());
  const { body, contentType } = await metricsText();
  return new Response(body, { headers: { "content-type": contentType, "cache-control": "no-store" } });
}
