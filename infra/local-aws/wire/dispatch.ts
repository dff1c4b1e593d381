import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { AwsError } from "../contract.ts";
import type { Caller, JournalEntry, ServiceDefinition, World } from "../contract.ts";
import { log } from "../log.ts";
import { assertAllowed } from "../services/sts/roles.ts";
import { decode, redact } from "./decode.ts";
import { renderError } from "./errors.ts";
import type { Response } from "./errors.ts";
import type { Faults } from "./faults.ts";
import { unavailable } from "./faults.ts";
import { jsonReader, parseJson, renderJson } from "./json.ts";
import { parseQuery, queryReader } from "./query.ts";
import { readBody } from "./request.ts";
import { inputSchema } from "./schemas.ts";
import { readScope } from "./signature.ts";
import { renderXml } from "./xml.ts";

export type Dispatching = {
  world: World;
  services: ServiceDefinition[];
  throttle: (service: ServiceDefinition, action: string, owner: string) => void;
  faults: Faults;
  ready: () => boolean;
};

type Call = { service: ServiceDefinition; action: string; input: object; shown: unknown };

const JOURNALED_INPUT_CHARACTERS = 16_384;

/** Carries out one AWS call. `undefined` means that a fault wants the answer lost. Never throws. */
export async function dispatch(parts: Dispatching, request: IncomingMessage): Promise<Response | undefined> {
  const requestId = randomUUID();
  const target = request.headers["x-amz-target"];
  let service: Pick<ServiceDefinition, "name" | "protocol"> = {
    name: "",
    protocol: target === undefined ? "query" : "json-1.1",
  };
  try {
    const body = await readBody(request);
    const scope = readScope(request.headers.authorization);
    const found = findService(parts.services, typeof target === "string" ? target : undefined, scope.service);
    service = found;
    const call = readCall(found, typeof target === "string" ? target : undefined, body);
    const caller: Caller = { ...scope, requestId };
    if (!parts.ready()) throw unavailable();
    assertAllowed(parts.world, { accessKeyId: scope.accessKeyId, service: call.service.name, action: call.action });
    parts.throttle(call.service, call.action, `${scope.accountId}/${scope.region}`);
    const { dropAnswer } = await parts.faults.before(found.name, call.action);
    const result = await run(parts.world, call, caller);
    return dropAnswer ? undefined : withRequestId(render(call, result, requestId), requestId);
  } catch (error) {
    if (!(error instanceof AwsError))
      log.error("call failed", { requestId, error: (error as Error).stack ?? String(error) });
    return withRequestId(renderError(service, error, requestId), requestId);
  }
}

function findService(services: ServiceDefinition[], target: string | undefined, scoped: string): ServiceDefinition {
  const prefix = target?.slice(0, target.lastIndexOf("."));
  const found = services.find((one) =>
    prefix === undefined ? one.protocol === "query" && one.name === scoped : one.target === prefix,
  );
  if (!found)
    throw new AwsError(
      "UnknownOperationException",
      `No service answers ${target ?? `the query protocol as '${scoped}'`}`,
    );
  if (found.name !== scoped) {
    throw new AwsError(
      "InvalidSignatureException",
      `Credential should be scoped to correct service: '${found.name}'.`,
      403,
    );
  }
  return found;
}

function readCall(service: ServiceDefinition, target: string | undefined, body: string): Call {
  const query = service.protocol === "query" ? parseQuery(body) : undefined;
  const action = query ? query.action : (target ?? "").slice((target ?? "").lastIndexOf(".") + 1);
  if (query && action === "") throw new AwsError("MissingAction", "The request is missing an action");
  if (!Object.hasOwn(service.actions, action)) {
    const where = query
      ? `Could not find operation ${action} for version ${query.version}`
      : `Unknown operation ${action}`;
    throw new AwsError("UnknownOperationException", where);
  }
  const schema = inputSchema(service.name, action);
  const raw = query ? query.fields : parseJson(body);
  if (!schema) return { service, action, input: raw, shown: raw };
  // A structure schema decodes to an object.
  const input = decode(schema, raw, query ? queryReader : jsonReader) as object;
  return { service, action, input, shown: redact(schema, input) };
}

async function run(world: World, call: Call, caller: Caller): Promise<unknown> {
  const { service, action } = call;
  const entry: JournalEntry = {
    at: world.clock.now(),
    requestId: caller.requestId,
    service: service.name,
    action,
    caller: caller.accessKeyId,
    input: bounded(call.shown),
    outcome: "ok",
    effect: service.writes?.includes(action) ? "changed" : "none",
  };
  const record: Caller["record"] = (effect, subject) => {
    entry.effect = effect;
    if (subject !== undefined) entry.subject = subject;
  };
  try {
    // The action's own input type is erased in the table of actions; the schema has just checked it.
    return await service.actions[action]?.(world, call.input as never, { ...caller, record });
  } catch (error) {
    entry.outcome = "error";
    entry.effect = "none";
    entry.error = error instanceof AwsError ? `${error.type}: ${error.message}` : String(error);
    throw error;
  } finally {
    world.journal.write(entry);
  }
}

function bounded(input: unknown): unknown {
  const length = JSON.stringify(input).length;
  return length > JOURNALED_INPUT_CHARACTERS ? { omitted: `${length} characters` } : input;
}

function render(call: Call, result: unknown, requestId: string): Response {
  const { service, action } = call;
  if (service.protocol === "query") {
    return {
      status: 200,
      headers: { "content-type": "text/xml" },
      body: renderXml({ service: service.name, action, requestId, result }),
    };
  }
  return {
    status: 200,
    headers: { "content-type": `application/x-amz-${service.protocol}` },
    body: renderJson(result),
  };
}

function withRequestId(response: Response, requestId: string): Response {
  return { ...response, headers: { ...response.headers, "x-amzn-requestid": requestId } };
}
