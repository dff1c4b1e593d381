import fc from "fast-check";
import type { Input, Operation } from "./operations.ts";
import { valueFor, type Known } from "./values.ts";

/** A request as it goes out, in parts that a failed test can print. */
export type Sent = {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | Uint8Array<ArrayBuffer> | undefined;
};

const queryTricks = [
  ...[
    "limit[a]=1",
    "limit[]=1&limit[]=2",
    "service[__proto__][x]=1",
    "limit=1&limit=2",
    "[a]=1",
    "service[]=x",
    "limit[0]=1",
  ],
  ...[
    "constructor[prototype]=1",
    "service[999999999]=1",
    "=",
    "&&&",
    "%",
    "%ff",
    "%00=%00",
    "service=%ED%A0%80",
    "cursor=%00",
    "unknown=1",
  ],
];

const bodyTricks: [string, string | Uint8Array<ArrayBuffer>][] = [
  ...[
    '{"a":',
    '"text"',
    "[]",
    "null",
    "12",
    "",
    "{}",
    '{"__proto__":{"x":1}}',
    '{"a":1e999}',
    "\0",
    "[".repeat(5_000),
  ].map((body): [string, string] => ["application/json", body]),
  ["application/json", "x".repeat(1_100_000)],
  ["application/json", new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
  ["text/plain", "{}"],
  ["application/x-www-form-urlencoded", "service=x"],
  ["multipart/form-data; boundary=x", "--x--"],
];

/** A value as it stands in a URL; lone surrogates have no encoding and go out as their bytes would. */
function inUrl(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return text.isWellFormed() ? encodeURIComponent(text) : "%ED%A0%80";
}

type Given = { input: Input; value: unknown };

function write(
  operation: Operation,
  given: Given[],
  extra: { query: string; authorization: string | undefined },
): Sent {
  const at = (place: Input["place"]) => given.filter(({ input }) => input.place === place);
  let path = operation.path;
  for (const { input, value } of at("path")) path = path.replace(`{${input.name}}`, inUrl(value));
  const query = [...at("query").map(({ input, value }) => `${input.name}=${inUrl(value)}`), extra.query]
    .filter(Boolean)
    .join("&");
  const hasBody = operation.method !== "GET";
  const body = JSON.stringify(Object.fromEntries(at("body").map(({ input, value }) => [input.name, value])));
  return {
    method: operation.method,
    url: `http://deck.example/api/v1${path}${query ? `?${query}` : ""}`,
    headers: {
      ...(hasBody ? { "content-type": "application/json" } : {}),
      ...(extra.authorization === undefined ? {} : { authorization: extra.authorization }),
    },
    body: hasBody ? body : undefined,
  };
}

/** Requests to one operation, from plausible to malicious. `authorizations` are drawn from as they are listed. */
export function requestsTo(
  operation: Operation,
  known: Known,
  authorizations: (string | undefined)[],
): fc.Arbitrary<Sent> {
  const inputs = operation.inputs.map((input) =>
    fc.record({
      input: fc.constant(input),
      value: valueFor(input.name, input.schema, known),
      // A path has no place to leave a part out.
      left:
        input.place === "path"
          ? fc.constant(false)
          : fc.integer({ min: 0, max: input.required ? 11 : 1 }).map((n) => n === 0),
    }),
  );
  const plain = fc
    .record({
      given: fc.tuple(...inputs),
      query: fc.oneof(
        { weight: 8, arbitrary: fc.constant("") },
        { weight: 1, arbitrary: fc.constantFrom(...queryTricks) },
      ),
      authorization: fc.constantFrom(...authorizations),
    })
    .map(({ given, ...extra }) =>
      write(
        operation,
        given.filter((one) => !one.left),
        extra,
      ),
    );
  if (operation.method === "GET") return plain;
  const tricked = fc.tuple(plain, fc.constantFrom(...bodyTricks)).map(([sent, [type, body]]) => {
    return { ...sent, headers: { ...sent.headers, "content-type": type }, body };
  });
  return fc.oneof({ weight: 5, arbitrary: plain }, { weight: 1, arbitrary: tricked });
}
