import type { IncomingMessage } from "node:http";
import { z } from "zod";
import { AwsError } from "../contract.ts";
import { forgetServiceDeployments } from "../services/ecs/forget.ts";
import { listRoles, putRole, removeRole } from "../services/sts/roles.ts";
import type { Dispatching } from "./dispatch.ts";
import type { Response } from "./errors.ts";
import { faultKinds, type Fault } from "./faults.ts";
import { readBody } from "./request.ts";

const NewFault = z.strictObject({
  service: z.string(),
  action: z.string(),
  times: z.int().min(1).max(1000).default(1),
  kind: z.enum(faultKinds),
  ms: z.int().min(0).max(60_000).optional(),
});

const NewRole = z.strictObject({
  roleArn: z.string().regex(/^arn:aws[\w-]*:iam::\d{12}:role\/.+$/),
  externalId: z.string().optional(),
  denied: z.array(z.string()).default([]),
});

/**
 * `GET health` (503 until services have resumed), `GET journal?service=&action=&since=` (since in epoch ms),
 * `GET|POST|PUT|DELETE faults`, `GET|PUT|DELETE roles`, `DELETE service-deployments?service=`. Unsigned, because local AWS listens on a loopback address only.
 */
export async function answerLocal(parts: Dispatching, request: IncomingMessage): Promise<Response> {
  const url = new URL(request.url ?? "/", "http://local");
  const route = `${request.method} ${url.pathname.slice("/_local/".length)}`;
  switch (route) {
    case "GET health":
      return json(parts.ready() ? 200 : 503, {
        status: parts.ready() ? "ready" : "starting",
        timeScale: parts.world.clock.scale,
      });
    case "GET journal":
      return json(200, { entries: parts.world.journal.read(journalFilter(url.searchParams)) });
    case "GET faults":
      return json(200, { faults: parts.faults.list() });
    case "POST faults":
      return addFault(parts, request);
    case "PUT faults":
      return replaceFaults(parts, request);
    case "DELETE faults":
      parts.faults.clear();
      return json(200, { faults: [] });
    case "GET roles":
      return json(200, { roles: listRoles(parts.world) });
    case "PUT roles":
      return describeRole(parts, request);
    case "DELETE roles":
      removeRole(parts.world, url.searchParams.get("roleArn") ?? "");
      return json(200, { roles: listRoles(parts.world) });
    case "DELETE service-deployments":
      return json(200, { forgotten: forgetServiceDeployments(parts.world, url.searchParams.get("service") ?? "") });
    default:
      return json(404, { message: `There is no ${route}` });
  }
}

function journalFilter(query: URLSearchParams) {
  const service = query.get("service");
  const action = query.get("action");
  const since = query.get("since");
  return {
    ...(service === null ? {} : { service }),
    ...(action === null ? {} : { action }),
    ...(since === null ? {} : { since: Number(since) }),
  };
}

function addFault(parts: Dispatching, request: IncomingMessage): Promise<Response> {
  return withBody(request, NewFault, (fault) => {
    parts.faults.add(toFault(fault));
    return json(201, { faults: parts.faults.list() });
  });
}

function replaceFaults(parts: Dispatching, request: IncomingMessage): Promise<Response> {
  return withBody(request, z.array(NewFault), (all) => {
    parts.faults.replace(all.map(toFault));
    return json(200, { faults: parts.faults.list() });
  });
}

function toFault({ ms, ...fault }: z.output<typeof NewFault>): Fault {
  return ms === undefined ? fault : { ...fault, ms };
}

function describeRole(parts: Dispatching, request: IncomingMessage): Promise<Response> {
  return withBody(request, NewRole, (role) => {
    putRole(parts.world, role);
    return json(200, { roles: listRoles(parts.world) });
  });
}

async function withBody<Schema extends z.ZodType>(
  request: IncomingMessage,
  schema: Schema,
  answer: (body: z.output<Schema>) => Response,
): Promise<Response> {
  try {
    return answer(schema.parse(JSON.parse(await readBody(request))));
  } catch (error) {
    if (error instanceof z.ZodError) return json(400, { message: z.prettifyError(error) });
    if (error instanceof SyntaxError) return json(400, { message: "The body is not JSON" });
    if (error instanceof AwsError) return json(error.status, { message: error.message });
    throw error;
  }
}

function json(status: number, body: object): Response {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
