import { createORPCClient, type ClientContext, type ClientLink } from "@orpc/client";
import type { RouterClient } from "@orpc/server";
import type { router } from "#server/api/router.ts";
import { problemFromAnswer } from "./api-problem.ts";
import contract from "./contract.json" with { type: "json" };

/** The API as functions: `client.releases.create({ … })`. */
export type ApiClient = RouterClient<typeof router>;

type Routes = { [name: string]: string | Routes };

/** "POST /releases" of `["releases", "create"]`, and whether the answer's status is part of the output. */
function routeOf(path: readonly string[]): { method: string; path: string; isDetailed: boolean } {
  let found: string | Routes | undefined = contract;
  for (const name of path) found = typeof found === "object" ? found[name] : undefined;
  if (typeof found !== "string") throw new Error(`The API has no operation ${path.join(".")}.`);
  const [method = "", route = "", structure] = found.split(" ");
  return { method, path: route, isDetailed: structure === "detailed" };
}

/** Puts an operation's input where REST has it: names of the path into the path, the rest into query or body. */
function place(route: { method: string; path: string }, input: unknown): { path: string; body?: string } {
  const rest = new Map(
    Object.entries((input ?? {}) as Record<string, unknown>).filter(([, value]) => value !== undefined),
  );
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest.get(name);
    rest.delete(name);
    return encodeURIComponent(String(value ?? ""));
  });
  if (route.method !== "GET") return { path, body: JSON.stringify(Object.fromEntries(rest)) };
  const query = new URLSearchParams([...rest].map(([name, value]) => [name, String(value)]));
  return { path: query.size > 0 ? `${path}?${query}` : path };
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return text === "" ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return text;
  }
}

type HttpOptions = {
  /** Base URL, such as `https://deck.example.com/api/v1`. */
  url: () => string;
  fetch: (request: Request, init: RequestInit) => Promise<Response>;
};

/**
 * Calls the API over HTTP. Error answers are thrown as `ApiProblem`. Our own instead of oRPC's OpenAPILink, which
 * is 8 kB of what every page loads and does things that no operation of ours needs (files, nested queries, streams).
 */
export function httpLink({ url, fetch }: HttpOptions): ClientLink<ClientContext> {
  return {
    async call(name, input, { signal }) {
      const route = routeOf(name);
      const { path, body } = place(route, input);
      const headers = body === undefined ? {} : { "content-type": "application/json" };
      const request = new Request(`${url()}${path}`, {
        method: route.method,
        headers,
        ...(body === undefined ? {} : { body }),
      });
      const response = await fetch(request, signal ? { signal } : {});
      const answer = await bodyOf(response);
      if (!response.ok) throw problemFromAnswer(answer, response.status, response.headers.get("retry-after"));
      return route.isDetailed ? { status: response.status, body: answer } : answer;
    },
  };
}

export function createApiClient(link: ClientLink<ClientContext>): ApiClient {
  return createORPCClient(link);
}
