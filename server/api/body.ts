import { AppError } from "../core/errors.ts";

/** Longest request body, in bytes. No operation needs more. */
const maxBodyBytes = 1024 * 1024;

const tooLarge = () =>
  new AppError("invalid", "The body is larger than 1 MiB.", { fields: { body: "is larger than 1 MiB" } });

async function collect(stream: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.byteLength;
    if (size > maxBodyBytes) throw tooLarge();
    chunks.push(chunk);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new AppError("invalid", "The body is not valid JSON.", { fields: { body: "is not valid JSON" } });
  }
}

/** Reads the body under its limit and checks that it is a JSON object, which oRPC leaves to us. */
export async function readBody(request: Request): Promise<Request> {
  if (request.method === "GET" || request.method === "HEAD" || !request.body) return request;
  if (Number(request.headers.get("content-length") ?? 0) > maxBodyBytes) throw tooLarge();
  const bytes = await collect(request.body);
  if (bytes.byteLength === 0) return new Request(request.url, { method: request.method, headers: request.headers });
  if (!/^application\/json\b/i.test(request.headers.get("content-type") ?? "")) {
    throw new AppError("invalid", "Send the body as application/json.", {
      fields: { body: "must be application/json" },
    });
  }
  const value = parseJson(bytes);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new AppError("invalid", "The body must be a JSON object.", { fields: { body: "must be a JSON object" } });
  }
  return new Request(request.url, { method: request.method, headers: request.headers, body: bytes });
}
