import type { IncomingMessage, ServerResponse } from "node:http";
import { AwsError } from "../../contract.ts";
import { log } from "../../log.ts";
import { listen } from "../../loopback.ts";
import type { Listening } from "../../loopback.ts";
import type { ListenerRecord } from "./state.ts";

const RETRY_MS = 2_000;

type Handle = (listener: ListenerRecord, request: IncomingMessage, response: ServerResponse) => void;

export type Listeners = {
  /** Opens the real port; rejects with an AwsError when it is taken. */
  open(listener: ListenerRecord): Promise<void>;
  /** As `open` after a restart: a taken port is logged and tried again until it is free. */
  resume(listener: ListenerRecord): Promise<void>;
  /** Opens `port` for a listener beside the one that it has, which the caller closes; rejects as `open`. */
  move(listener: ListenerRecord, port: number): Promise<{ close(): Promise<void> }>;
  close(listenerArn: string): Promise<void>;
  closeAll(): Promise<void>;
};

/** The real ports behind listeners. */
export function createListeners(host: string, handle: Handle): Listeners {
  const open = new Map<string, Listening>();
  const retries = new Map<string, NodeJS.Timeout>();

  async function bind(listener: ListenerRecord, port = listener.port): Promise<void> {
    open.set(listener.arn, await listen(host, port, (request, response) => handle(listener, request, response)));
  }

  async function bindOrExplain(listener: ListenerRecord, port = listener.port): Promise<void> {
    try {
      await bind(listener, port);
    } catch (error) {
      const { code = "unknown error" } = error as NodeJS.ErrnoException;
      const cause = code === "EADDRINUSE" ? "is taken by another process" : `cannot be opened (${code})`;
      throw new AwsError("InvalidConfigurationRequest", `Port ${port} of this machine ${cause}`);
    }
  }

  async function resume(listener: ListenerRecord): Promise<void> {
    retries.delete(listener.arn);
    try {
      await bind(listener);
    } catch (error) {
      log.error("port of a listener is taken; trying again", {
        port: listener.port,
        listener: listener.arn,
        error: String(error),
      });
      retries.set(listener.arn, setTimeout(() => void resume(listener), RETRY_MS).unref());
    }
  }

  async function close(listenerArn: string): Promise<void> {
    clearTimeout(retries.get(listenerArn));
    retries.delete(listenerArn);
    const listening = open.get(listenerArn);
    open.delete(listenerArn);
    await listening?.close();
  }

  return {
    open: (listener) => bindOrExplain(listener),
    async move(listener, port) {
      const before = open.get(listener.arn);
      await bindOrExplain(listener, port);
      return { close: async () => before?.close() };
    },
    resume,
    close,
    closeAll: async () => void (await Promise.all([...open.keys(), ...retries.keys()].map(close))),
  };
}
