import type { IncomingMessage } from "node:http";

/** One request as the routes see it. */
export type Exchange = {
  method: string;
  path: string;
  /** Values of the `{placeholders}` of the route's path, decoded. */
  params: Record<string, string>;
  query: URLSearchParams;
  cookies: Record<string, string>;
  requestId: string;
  /** The body as text; a 413 problem above 16 kB. */
  text(): Promise<string>;
};

export type Reply = { status: number; headers: Record<string, string | string[]>; body: string };

export type Route = {
  method: "GET" | "POST" | "DELETE";
  /** Path with `{placeholders}`; also the `route` label of metrics and logs. */
  path: string;
  handle(exchange: Exchange): Reply | Promise<Reply>;
};

/** An answer other than the one asked for; the service renders it as JSON or as a page. */
export class Problem extends Error {
  readonly status: number;
  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

export function jsonReply(status: number, value: unknown, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store", ...headers },
    body: JSON.stringify(value),
  };
}

const bodyLimitBytes = 16_384;

export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimitBytes) throw new Problem(413, `The body is larger than ${bodyLimitBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

export function readCookies(header: string | undefined): Record<string, string> {
  const pairs = (header ?? "").split(";").map((part) => part.trim().split("="));
  return Object.fromEntries(pairs.filter(([name]) => name).map(([name, ...rest]) => [name, rest.join("=")]));
}
