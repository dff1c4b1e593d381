import type { IncomingMessage, ServerResponse } from "node:http";
import { log } from "../log.ts";
import { dispatch } from "./dispatch.ts";
import type { Dispatching } from "./dispatch.ts";
import { answerLocal } from "./local-endpoints.ts";

/** Answers AWS calls (`POST /`) and, beside them, what tests and operators ask of local AWS itself (`/_local/…`). */
export function createHandler(parts: Dispatching): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    answer(parts, request, response).catch((error: unknown) => {
      // The connection is gone, or the answer could not be rendered: nobody is left to tell.
      log.warn("request was not answered", { path: request.url, error: String(error) });
      response.destroy();
    });
  };
}

async function answer(parts: Dispatching, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? "/").split("?")[0] ?? "/";
  const reply = path.startsWith("/_local/") ? await answerLocal(parts, request) : await dispatch(parts, request);
  if (!reply) {
    request.socket.destroy();
    return;
  }
  // What is left of a refused body would be read as the next request.
  if (!request.complete) response.setHeader("connection", "close");
  response.writeHead(reply.status, { ...reply.headers, "content-length": Buffer.byteLength(reply.body) });
  response.end(reply.body);
}
