import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "../process/identity.ts";
import { runningPostmaster } from "./postmaster-file.ts";
import type { Postmaster } from "./postmaster-file.ts";

/** A PostgreSQL that is stopping refuses connections for as long as its last checkpoint takes. */
const PATIENCE_MS = 30_000;

/**
 * The PostgreSQL that serves a data folder, once it answers; undefined when none runs. One that was
 * just killed looks alive for a moment, and its file says "ready": only an answer tells the two apart.
 */
export async function adoptPostmaster(data: string): Promise<Postmaster | undefined> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const postmaster = runningPostmaster(data);
    if (!postmaster) return undefined;
    if ((await answers(postmaster.port)) && isAlive(postmaster.identity)) return postmaster;
    if (performance.now() > deadline) return postmaster;
    await sleep(50);
  }
}

/** An SSLRequest, which PostgreSQL answers with one letter before it asks who is there (protocol, "SSL Session Encryption"). */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

/** Whether PostgreSQL itself answers: a connection alone may be the kernel's, for a process that is dying. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port, timeout: 2_000 });
    const end = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    socket.once("connect", () => socket.write(SSL_REQUEST)).once("data", () => end(true));
    socket
      .once("timeout", () => end(false))
      .once("error", () => end(false))
      .once("close", () => end(false));
  });
}
