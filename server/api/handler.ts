import { trace } from "@opentelemetry/api";
import { OpenAPIHandler } from "@orpc/openapi/fetch";
import { assertSameOrigin } from "../auth/origin.ts";
import type { Actor } from "../core/actor.ts";
import { AppError } from "../core/errors.ts";
import { newId } from "../core/ids.ts";
import { log } from "../core/log.ts";
import { traced } from "../core/trace.ts";
import { db, type Db } from "../db/client.ts";
import type { Ports } from "../deployments/ports.ts";
import { admit } from "./admit.ts";
import { readBody } from "./body.ts";
import { problem, toAppError } from "./errors.ts";
import { observeRequest } from "./metrics.ts";
import { processPorts } from "./ports.ts";
import { problemResponse } from "./problem-response.ts";
import { allowanceHeaders, processRateLimits, type Allowance, type RateLimits } from "./rate-limits.ts";
import { router } from "./router.ts";

const requestIdOf = new WeakMap<object, string>();
/** Operations of the requests that are being answered, by request id. */
const operationOf = new Map<string, string>();

const handler = new OpenAPIHandler(router, {
  customErrorResponseBodyEncoder: (error) => problem(toAppError(error), requestIdOf.get(error)),
  clientInterceptors: [
    ({ next, context, path }) => {
      operationOf.set(context.requestId, path.join("."));
      return next();
    },
  ],
  interceptors: [
    async ({ next, context }) => {
      try {
        return await next();
      } catch (error) {
        if (typeof error === "object" && error !== null) requestIdOf.set(error, context.requestId);
        throw error;
      }
    },
  ],
});

type Deps = { db(): Db; ports(): Ports; limits?: RateLimits };

async function answer(
  request: Request,
  requestId: string,
  actor: Actor | undefined,
  { db, ports }: Deps,
): Promise<Response> {
  assertSameOrigin(request);
  const { matched, response } = await handler.handle(await readBody(request), {
    prefix: "/api/v1",
    context: { actor, requestId, db: db(), ports: ports() },
  });
  if (!matched) throw new AppError("not_found", "There is no such operation. The list is at /api/v1/openapi.json.");
  if (response.status < 400) return response;
  const headers = new Headers(response.headers);
  headers.set("content-type", "application/problem+json");
  return new Response(response.body, { status: response.status, headers });
}

/** Builds what answers calls of `/api/v1`, whatever they are: errors are problem+json, every answer has a request id. */
export function createApi(deps: Deps): (request: Request) => Promise<Response> {
  const respond = async (request: Request): Promise<Response> => {
    const requestId = newId("request");
    const startedAt = performance.now();
    let response: Response;
    let allowance: Allowance | undefined;
    try {
      const admitted = await admit(request, deps.db(), deps.limits);
      allowance = admitted.allowance;
      response = await answer(request, requestId, admitted.actor, deps);
    } catch (error) {
      response = problemResponse(toAppError(error), requestId);
    }
    for (const [name, value] of Object.entries(allowance ? allowanceHeaders(allowance) : {}))
      response.headers.set(name, value);
    response.headers.set("x-request-id", requestId);
    response.headers.set("cache-control", "no-store");
    const durationMs = Math.round(performance.now() - startedAt);
    const path = new URL(request.url).pathname;
    const operation = operationOf.get(requestId) ?? "none";
    operationOf.delete(requestId);
    log.info({ requestId, operation, method: request.method, path, status: response.status, durationMs }, "request");
    trace.getActiveSpan()?.setAttributes({ "quarterdeck.request_id": requestId, "quarterdeck.operation": operation });
    observeRequest(operation, response.status, durationMs);
    return response;
  };
  return (request) => {
    const traceparent = request.headers.get("traceparent");
    const from = traceparent ? { traceparent } : {};
    return traced({ name: `${request.method} /api/v1`, kind: "server", from }, () => respond(request));
  };
}

/** Answers one call of `/api/v1` in this process. */
export const handleApi = createApi({ db, ports: processPorts, limits: processRateLimits() });
