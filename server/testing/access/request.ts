import type { Operation } from "../fuzz/operations.ts";

/** A call of an operation with an input by name, as the console sends it. Throws when the input does not fit. */
export function requestOf(
  { method, path, inputs, id }: Operation,
  input: Record<string, unknown>,
  cookie: string | undefined,
): Request {
  const unknown = Object.keys(input).filter((name) => !inputs.some((one) => one.name === name));
  const missing = inputs.filter((one) => one.required && !(one.name in input)).map((one) => one.name);
  if (unknown.length + missing.length > 0)
    throw new Error(
      `${id}: the sample has ${unknown.join(", ") || "nothing too much"} and lacks ${missing.join(", ") || "nothing"}`,
    );
  const at = (place: string) => inputs.filter((one) => one.place === place && one.name in input);
  const url = at("path").reduce(
    (text, { name }) => text.replace(`{${name}}`, encodeURIComponent(String(input[name]))),
    path,
  );
  const query = new URLSearchParams(at("query").map(({ name }) => [name, String(input[name])]));
  const headers = new Headers(cookie ? { cookie } : {});
  if (method === "GET") return new Request(`http://deck.example/api/v1${url}?${query}`, { headers });
  headers.set("content-type", "application/json");
  headers.set("sec-fetch-site", "same-origin");
  const body = JSON.stringify(Object.fromEntries(at("body").map(({ name }) => [name, input[name]])));
  return new Request(`http://deck.example/api/v1${url}?${query}`, { method, headers, body });
}
