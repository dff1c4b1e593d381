export const dynamic = "force-dynamic";

/** The process is up; it says nothing about what it needs. That is /ready. */
export function GET(): Response {
  return Response.json({ state: "ok" }, { headers: { "cache-control": "no-store" } });
}
