import { createServer } from "node:http";
import { log } from "../core/log.ts";
import { metricsText } from "../core/metrics.ts";

type Options = { host: string; port: number };

/** Serves the worker's `/metrics` and `/health`. A port that is taken is a warning: work goes on without being watched. */
export function startMetricsServer({ host, port }: Options): { close(): void } {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://worker");
    if (pathname === "/health") return void response.writeHead(200, { "content-type": "text/plain" }).end("ok\n");
    if (pathname !== "/metrics") return void response.writeHead(404).end();
    const { body, contentType } = await metricsText();
    response.writeHead(200, { "content-type": contentType, "cache-control": "no-store" }).end(body);
  });
  server.on("error", (error) => log.warn({ err: error, port }, "the worker's metrics are not served"));
  server.listen(port, host);
  return {
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
