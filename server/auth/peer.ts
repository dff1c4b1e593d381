import { randomBytes } from "node:crypto";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { oncePerProcess } from "../core/once-per-process.ts";

/**
 * Name of the header that holds the address of the connection. Next hands routes no socket and believes any
 * X-Forwarded-For, hence our own; nobody else can send it, as its name is made up anew by each process.
 */
export const peerHeader = oncePerProcess("peer header", () => `x-peer-${randomBytes(16).toString("hex")}`);

/** Writes the address of its connection into every request that this process is sent, before anything else sees it. */
export function notePeers(): void {
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    request.headers[peerHeader] = request.socket.remoteAddress ?? "";
  });
}
