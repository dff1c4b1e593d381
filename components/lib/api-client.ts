import { createORPCClient, type ClientContext, type ClientLink } from "@orpc/client";
import type { AnyContractRouter } from "@orpc/contract";
import { OpenAPILink } from "@orpc/openapi-client/fetch";
import type { RouterClient } from "@orpc/server";
import type { router } from "#server/api/router.ts";
import { problemFromAnswer } from "./api-problem.ts";
import contract from "./contract.json" with { type: "json" };

/** The API as functions: `client.releases.create({ … })`. */
export type ApiClient = RouterClient<typeof router>;

type Routes = { [name: string]: string | Routes };

/** Turns `"GET /services"` into what oRPC's link reads. */
function expand(routes: Routes): AnyContractRouter {
  const entries = Object.entries(routes).map(([name, route]): [string, AnyContractRouter] => {
    if (typeof route !== "string") return [name, expand(route)];
    const [method, path, outputStructure] = route.split(" ");
    // The link reads the route of a procedure and nothing else.
    return [name, { "~orpc": { errorMap: {}, meta: {}, route: { method, path, outputStructure } } } as unknown as AnyContractRouter];
  });
  return Object.fromEntries(entries);
}

/** oRPC parses `application/json` alone, and problems come as `application/problem+json`. */
function relabel(response: Response): Response {
  if (!response.headers.get("content-type")?.startsWith("application/problem+json")) return response;
  const headers = new Headers(response.headers);
  headers.set("content-type", "application/json");
  return new Response(response.body, { status: response.status, headers });
}

type HttpOptions = {
  /** Base URL, such as `https://deck.example.com/api/v1`. */
  url: () => string;
  fetch: (request: Request, init: RequestInit) => Promise<Response>;
};

/** Calls the API over HTTP. Error answers are thrown as `ApiProblem`. */
export function httpLink({ url, fetch }: HttpOptions): ClientLink<ClientContext> {
  return new OpenAPILink(expand(contract), {
    url,
    fetch: async (request, init) => relabel(await fetch(request, init)),
    customErrorResponseBodyDecoder: (body, response) => problemFromAnswer(body, response.status),
  });
}

export function createApiClient(link: ClientLink<ClientContext>): ApiClient {
  return createORPCClient(link);
}
