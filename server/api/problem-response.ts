import type { AppError } from "../core/errors.ts";
import { problem } from "./errors.ts";

/** An error as an answer: problem+json, with `Retry-After` where it says when to come back. */
export function problemResponse(error: AppError, requestId?: string): Response {
  const body = problem(error, requestId);
  const { retryAfter } = error.details;
  return Response.json(body, {
    status: body.status,
    headers: {
      "content-type": "application/problem+json",
      ...(typeof retryAfter === "number" ? { "retry-after": String(retryAfter) } : {}),
    },
  });
}
