import type { IncomingMessage } from "node:http";
import { gunzipSync } from "node:zlib";
import { AwsError } from "../contract.ts";

/** PutLogEvents and PutMetricData take at most 1 MB, every other call less. */
const LIMIT_BYTES = 2 * 1024 * 1024;

/** Reads a whole body; CloudWatch clients gzip theirs above 10 kB. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LIMIT_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  const encoding = request.headers["content-encoding"] ?? "identity";
  if (encoding === "identity" || body.length === 0) return body.toString("utf8");
  if (encoding !== "gzip") throw new AwsError("SerializationException", `Unsupported content encoding: ${encoding}`);
  try {
    return gunzipSync(body, { maxOutputLength: LIMIT_BYTES }).toString("utf8");
  } catch (error) {
    // ERR_BUFFER_TOO_LARGE: a small body may unpack to gigabytes.
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge();
    throw new AwsError("SerializationException", "The request body is not valid gzip");
  }
}

function tooLarge(): AwsError {
  return new AwsError("RequestEntityTooLargeException", "Request body is too large", 413);
}
