import { problem } from "../api/errors.ts";
import { actorFromRequest } from "../auth/session.ts";
import { config } from "../core/config.ts";
import { AppError } from "../core/errors.ts";
import { db } from "../db/client.ts";
import { listener } from "./listen.ts";
import { eventStream } from "./stream.ts";

/** Answers `/api/events`, or 401 as a problem. */
export async function liveResponse(request: Request): Promise<Response> {
  const actor = () => actorFromRequest(request);
  if (!(await actor())) {
    const body = problem(new AppError("unauthenticated", "Sign in to follow live changes."));
    return Response.json(body, { status: body.status, headers: { "content-type": "application/problem+json" } });
  }
  const stream = eventStream({
    db: db(),
    listener: listener(config().DATABASE_URL ?? ""),
    lastEventId: request.headers.get("last-event-id"),
    signal: request.signal,
    actor,
  });
  return new Response(stream, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}
