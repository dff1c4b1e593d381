import { createServer } from "node:net";
import { once } from "node:events";
import { expect, test } from "vitest";
import { waitUntilListening } from "./listening.ts";
import { createPorts } from "./ports.ts";

const host = "127.0.0.1";

test("no port is handed out twice, and one in use never", async () => {
  const ports = createPorts(host);
  const first = await ports.take();
  const server = createServer().listen(first + 1, host);
  // Where it cannot listen, somebody else's process does: the port is in use all the same.
  await Promise.race([once(server, "listening"), new Promise((resolve) => server.once("error", resolve))]);
  const taken = await Promise.all(Array.from({ length: 20 }, () => ports.take()));
  expect(new Set([first, ...taken]).size).toBe(21);
  expect(taken).not.toContain(first + 1);
  server.close();
});

test("waits until somebody listens, but not after an abort", async () => {
  const port = await createPorts(host).take();
  const stop = new AbortController();
  const waiting = waitUntilListening({ host, port }, 60_000, stop.signal);
  const server = createServer().listen(port, host);
  expect(await waiting).toBe(true);
  server.close();
  await once(server, "close");
  const hopeless = waitUntilListening({ host, port }, 60_000, stop.signal);
  stop.abort();
  expect(await hopeless).toBe(false);
});
