import { Readable } from "node:stream";
import { expect } from "vitest";
import { isRemote } from "./local.ts";
import { wireViolations } from "./wire-shape.ts";

type Settings = { endpoint?: string; region: string; credentials?: { accessKeyId: string; secretAccessKey: string } };

/** Settings for an SDK client: local AWS at `url`, or, with `REMOTE=1`, whatever the environment says. */
export function settings(url: string, accountId = "local"): Settings {
  if (isRemote) return { region: process.env["AWS_REGION"] ?? "us-east-1" };
  return { endpoint: url, region: "us-east-1", credentials: { accessKeyId: accountId, secretAccessKey: "local" } };
}

type Middleware = (
  next: (args: object) => Promise<{ response: unknown }>,
) => (args: object) => Promise<{ response: unknown }>;
type Stack = { add(middleware: Middleware, options: { step: "deserialize"; priority: "low"; name: string }): void };
type HttpAnswer = { statusCode: number; headers: Record<string, string>; body: Readable };

/** Makes every successful answer of `client` be checked, byte for byte, against the schema of its operation. */
export function checked<Client extends { middlewareStack: unknown }>(client: Client): Client {
  // The stack's own type is generic over every command of the client.
  (client.middlewareStack as Stack).add(
    (next) => async (args) => {
      const { schema } = args as { schema: readonly unknown[] };
      const result = await next(args);
      const response = result.response as HttpAnswer;
      if (response.statusCode !== 200) return result;
      const body = await textOf(response.body);
      expect(wireViolations(schema, response.headers["content-type"] ?? "", body), String(schema[2])).toEqual([]);
      return { ...result, response: Object.assign(response, { body: Readable.from([Buffer.from(body)]) }) };
    },
    { step: "deserialize", priority: "low", name: "wireShape" },
  );
  return client;
}

async function textOf(body: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of body as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
