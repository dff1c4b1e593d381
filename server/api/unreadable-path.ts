import { AppError } from "../core/errors.ts";
import { newId } from "../core/ids.ts";
import { log } from "../core/log.ts";
import { observeRequest } from "./metrics.ts";
import { problemResponse } from "./problem-response.ts";

/** True for a path with a percent sign that starts no character, such as `/%` and `/%ff`. */
export function isUnreadable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return false;
  } catch {
    return true;
  }
}

/**
 * Answers a call whose path cannot be read. Next fails at such a path before any route of ours, so proxy.ts asks
 * here instead of server/api/handler.ts.
 */
export function answerUnreadablePath({ url, method }: { url: string; method: string }): Response {
  const requestId = newId("request");
  const detail = "The path is not valid: a percent sign in it starts no character. Write a percent sign itself as %25.";
  const response = problemResponse(new AppError("invalid", detail), requestId);
  response.headers.set("x-request-id", requestId);
  response.headers.set("cache-control", "no-store");
  log.info(
    { requestId, operation: "none", method, path: new URL(url).pathname, status: response.status, durationMs: 0 },
    "request",
  );
  observeRequest("none", response.status, 0);
  return response;
}
