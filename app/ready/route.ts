import { readiness } from "#server/api/readiness.ts";
import { db } from "#server/db/client.ts";

export const dynamic = "force-dynamic";

/** 200 when this process can serve, else 503, with the state of each thing that it needs. */
export async function GET(): Promise<Response> {
  const answer = await readiness(db());
  return Response.json(answer, { status: answer.state === "ok" ? 200 : 503, headers: { "cache-control": "no-store" } });
}
