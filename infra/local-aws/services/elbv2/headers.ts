import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";

const HOP_BY_HOP = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Raw header pairs without those that end at this hop, including the ones that `Connection` names. */
export function endToEnd(message: IncomingMessage): string[] {
  const named = (message.headers.connection ?? "").split(",").map((name) => name.trim().toLowerCase());
  const kept: string[] = [];
  for (let i = 0; i < message.rawHeaders.length; i += 2) {
    const [name = "", value = ""] = message.rawHeaders.slice(i, i + 2);
    const lower = name.toLowerCase();
    if (!HOP_BY_HOP.has(lower) && !named.includes(lower)) kept.push(name, value);
  }
  return kept;
}

const REPLACED = new Set([
  // Answered by this hop itself.
  "expect",
  "x-forwarded-for",
  "x-forwarded-proto",
  "x-forwarded-port",
  "x-amzn-trace-id",
]);

/** Headers of the request to the target: the client's own, and those that an ALB adds. The host stays the client's. */
export function forwardedHeaders(request: IncomingMessage, listenerPort: number): string[] {
  const pairs = endToEnd(request);
  const headers: string[] = [];
  for (let i = 0; i < pairs.length; i += 2) {
    if (!REPLACED.has((pairs[i] ?? "").toLowerCase())) headers.push(pairs[i] ?? "", pairs[i + 1] ?? "");
  }
  const client = request.socket.remoteAddress?.replace(/^::ffff:/, "") ?? "";
  const before = request.headers["x-forwarded-for"];
  headers.push("X-Forwarded-For", before ? `${String(before)}, ${client}` : client);
  headers.push("X-Forwarded-Proto", "http", "X-Forwarded-Port", String(listenerPort));
  headers.push("X-Amzn-Trace-Id", traceId(request.headers["x-amzn-trace-id"]));
  // Without a length Node would send a POST chunked, although it has no body.
  if (request.headers["transfer-encoding"]) headers.push("Transfer-Encoding", "chunked");
  else if (request.headers["content-length"] === undefined && request.method !== "GET" && request.method !== "HEAD") {
    headers.push("Content-Length", "0");
  }
  return headers;
}

function traceId(incoming: string | string[] | undefined): string {
  const stamp = `1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString("hex")}`;
  if (incoming === undefined) return `Root=${stamp}`;
  return /(^|;)\s*Root=/.test(String(incoming))
    ? `Self=${stamp};${String(incoming)}`
    : `Root=${stamp};${String(incoming)}`;
}
