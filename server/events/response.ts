import { toAppError } from "../api/errors.ts";
import { problemResponse } from "../api/problem-response.ts";
import { actorFromRequest } from "../auth/session.ts";
import { actorRef } from "../core/actor.ts";
import { config } from "../core/config.ts";
import { AppError } from "../core/errors.ts";
import { db } from "../db/client.ts";
import { listener } from "./listen.ts";
import { takeStream } from "./open-streams.ts";
import { eventStream } from "./stream.ts";

/** When to ask again who has as many streams as one may have: others end meanwhile, or they do not. */
const retryAfter = 15;

/** Answers `/api/events`, or 401 and 429 as problems. */
export async function liveResponse(request: Request): Promise<Response> {
  // Browsers come back by themselves, whatever they are answered.
  return openStream(request).catch((error: unknown) => problemResponse(toAppError(error)));
}

async function openStream(request: Request): Promise<Response> {
  const actor = () => actorFromRequest(request);
  const first = await actor();
  if (!first) return problemResponse(new AppError("unauthenticated", "Sign in to follow live changes."));
  const { DATABASE_URL, LIVE_STREAMS_PER_PERSON: most } = config();
  const onEnd = takeStream(actorRef(first), most);
  if (!onEnd) {
    const message = `You follow live changes in ${most} places already. Close some of them.`;
    return problemResponse(new AppError("rate_limited", message, { reason: "streams_exhausted", retryAfter }));
  }
  const stream = eventStream({
    db: db(),
    listener: listener(DATABASE_URL ?? ""),
    lastEventId: request.headers.get("last-event-id"),
    signal: request.signal,
    actorId: first.id,
    actor,
    onEnd,
  });
  return new Response(stream, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}
