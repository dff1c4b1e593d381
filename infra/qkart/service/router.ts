import { Problem, type Route } from "./exchange.ts";

type Compiled = { route: Route; segments: string[] };
export type Match = { route: Route; params: Record<string, string> };

/** Finds the route of a request; throws a 404 or 405 problem when there is none. */
export function createRouter(routes: readonly Route[]): (method: string, path: string) => Match {
  const compiled: Compiled[] = routes.map((route) => ({ route, segments: route.path.split("/") }));

  return (method, path) => {
    const segments = path.split("/");
    const wanted = method === "HEAD" ? "GET" : method;
    let pathExists = false;
    for (const candidate of compiled) {
      const params = matchSegments(candidate.segments, segments);
      if (params === undefined) continue;
      if (candidate.route.method === wanted) return { route: candidate.route, params };
      pathExists = true;
    }
    throw pathExists
      ? new Problem(405, `${method} is not possible here.`)
      : new Problem(404, "There is nothing at this address.");
  };
}

function matchSegments(pattern: string[], actual: string[]): Record<string, string> | undefined {
  if (pattern.length !== actual.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const segment = actual[index] ?? "";
    if (expected.startsWith("{")) params[expected.slice(1, -1)] = decode(segment);
    else if (expected !== segment) return undefined;
  }
  return params;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new Problem(400, "The address is not valid.");
  }
}
