import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Listening = { port: number; close(): Promise<void> };

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Listens on a host's port (0: a free one). `localhost` means 127.0.0.1 and, where this machine has it, ::1, because
 * browsers and Node resolve the name differently. Rejects when the port is taken.
 */
export async function listen(host: string, port: number, handler: Handler): Promise<Listening> {
  const first = await bind(host === "localhost" ? "127.0.0.1" : host, port, handler);
  const bound = portOf(first);
  const servers = [first];
  if (host === "localhost") {
    try {
      servers.push(await bind("::1", bound, handler));
    } catch (error) {
      // No IPv6 here is normal; somebody else on the port would get half of the traffic.
      if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") {
        await close(first);
        throw error;
      }
    }
  }
  return { port: bound, close: async () => void (await Promise.all(servers.map(close))) };
}

function bind(host: string, port: number, handler: Handler): Promise<Server> {
  const server = createServer(handler);
  // Clients reuse connections for a minute as with an ALB; Node's five seconds cause resets under light traffic.
  server.keepAliveTimeout = 65_000;
  // A client that breaks its connection is not news.
  server.on("clientError", (_error, socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve(server));
  });
}

function portOf(server: Server): number {
  // A TCP server's address is an object.
  return (server.address() as AddressInfo).port;
}

/** Ends connections too: an open keep-alive or event stream would hold the process. */
function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
