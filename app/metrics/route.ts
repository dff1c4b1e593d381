import { metricsText } from "#server/core/metrics.ts";

export const dynamic = "force-dynamic";

/** Prometheus metrics of this process. */
export async function GET(): Promise<Response> {
  const { body, contentType } = await metricsText();
  return new Response(body, { headers: { "content-type": contentType, "cache-control": "no-store" } });
}
