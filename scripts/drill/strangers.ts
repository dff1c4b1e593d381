import type { Field } from "./field.ts";
import type { Place } from "./place.ts";

/** One request as somebody sends it who is not the console; `expected` are the answers that are right. */
type Attempt = { title: string; path: string; init: RequestInit; expected: readonly number[] };

const json = { "content-type": "application/json" };
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Nothing else is an answer to what nobody should have sent; a portal that was broken meanwhile may be away. */
const away = [503];

type Tokens = { token: string; viewerToken: string };

function forgeries({ token, viewerToken }: Tokens, place: Place, deployment: string): Attempt[] {
  const deploy = { method: "POST", body: JSON.stringify({ ...place, version: "1.0.0", reason: "Forged" }) };
  const of = (
    title: string,
    expected: number[],
    headers: Record<string, string>,
    more: RequestInit = deploy,
    path = "deployments",
  ) => ({
    title,
    path,
    expected,
    init: { ...more, headers: { ...json, ...headers } },
  });
  const act = { method: "POST", body: JSON.stringify({ reason: "Forged" }) };
  // What a token's owner may not do, a changed token may do even less.
  const changed = `${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`;
  return [
    of("nobody deploys", [401, 403], {}),
    of("another site deploys with a cookie", [401, 403], {
      origin: "https://evil.example",
      cookie: "next-auth.session-token=forged",
    }),
    of("a token that was changed deploys", [401], bearer(changed)),
    of("a viewer deploys", [403], bearer(viewerToken)),
    of("a viewer cancels", [403, 404], bearer(viewerToken), act, `deployments/${deployment}/cancel`),
    of("a viewer rolls back", [403, 404], bearer(viewerToken), act, `deployments/${deployment}/rollback`),
    of("a body of 2 MiB", [400, 413], bearer(token), { method: "POST", body: `{"service":"${"x".repeat(2 << 20)}"}` }),
    of("a body that is no JSON", [400], bearer(token), { method: "POST", body: "{" }),
    of("a service with a NUL", [400, 422], bearer(token), {
      method: "POST",
      body: JSON.stringify({ ...place, service: "a\0b", version: "1.0.0" }),
    }),
    of("a release that does not exist", [404, 400, 422, 409], bearer(token), {
      method: "POST",
      body: JSON.stringify({ ...place, version: "9.9.9-none" }),
    }),
  ];
}

/** Status of the answer; undefined when there was none. */
async function statusOf({ url }: Field, { path, init }: Attempt): Promise<number | undefined> {
  try {
    const answer = await fetch(`${url}/api/v1/${path}`, { ...init, signal: AbortSignal.timeout(60_000) });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return undefined;
  }
}

/** Sends what nobody may send; answers what the portal let through, or stumbled over. */
export async function forge(field: Field, place: Place): Promise<string[]> {
  const { items } = await field.patiently(() => field.api.deployments.list({ ...place, limit: 1 }));
  const tokens = { token: field.token, viewerToken: await field.viewerToken() };
  const attempts = forgeries(tokens, place, items[0]?.id ?? "dep_none");
  const statuses = await Promise.all(attempts.map((attempt) => statusOf(field, attempt)));
  return attempts.flatMap(({ title, expected }, index) => {
    const status = statuses[index];
    return status === undefined || [...expected, ...away].includes(status) ? [] : [`${title}: answered ${status}`];
  });
}

const reads = 200;
const writes = 60;

/** Far more requests at once than the portal serves at once, half of them for the same rows; answers what was not told to wait. */
export async function overload(field: Field, place: Place): Promise<string[]> {
  const get = { method: "GET", headers: bearer(field.token) };
  const post = {
    method: "POST",
    headers: { ...json, ...bearer(field.token) },
    body: JSON.stringify({ ...place, version: "1.0.0", reason: "Overload" }),
  };
  const paths = [`deployments?service=${place.service}`, "services", "changes", `services/${place.service}`];
  const attempts = [
    ...Array.from({ length: reads }, (_, index) => ({ path: paths[index % paths.length] ?? "", init: get })),
    ...Array.from({ length: writes }, () => ({ path: "deployments", init: post })),
  ].map((one) => ({ ...one, title: "overload", expected: [] }));
  const statuses = await Promise.all(attempts.map((attempt) => statusOf(field, attempt)));
  const right = [200, 201, 409, 429, 503];
  const wrong = statuses.flatMap((status) => (status === undefined || right.includes(status) ? [] : [status]));
  const begun = statuses.filter((status) => status === 201).length;
  return [
    ...[...new Set(wrong)].map((status) => `overload: answered ${status}`),
    // One takes the place, and the others are told who has it.
    ...(begun > 1 ? [`overload: ${begun} deployments began at once`] : []),
  ];
}
