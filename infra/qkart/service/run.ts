import { flushCompileCache } from "node:module";
import { faultOf, startFailure } from "../faults.ts";
import type { Identity } from "./identity.ts";
import { errorFields, type Log } from "./log.ts";
import { serve, type Service } from "./serve.ts";

/** Requests in flight get this long after SIGTERM; ECS kills after the task definition's stopTimeout of 10 s. */
const drainMs = 8_000;

/** Ends the process at once when the version is one that cannot start, as its suffix says. */
export function failWhenFaulty(identity: Identity, log: Log): void {
  const failure = startFailure(faultOf(identity.version), identity.version);
  if (failure === undefined) return;
  log("error", failure.message, { exitCode: failure.exitCode });
  process.stderr.write(`${failure.message}\n`);
  process.exit(failure.exitCode);
}

/** Runs a service as a process: listens on HOST and PORT, and on SIGTERM or SIGINT drains and exits 0. */
export async function runService(service: Service, defaults: { port: number; close(): Promise<void> }): Promise<void> {
  const { log } = service;
  const port = Number(process.env["PORT"] ?? defaults.port);
  const host = process.env["HOST"] ?? "0.0.0.0";
  const listening = await serve(service, { host, port }).catch((error: unknown) => {
    log("error", "cannot listen", { host, port, ...errorFields(error) });
    return process.exit(1);
  });
  log("info", "listening", { host, port: listening.port, startMs: Math.round(performance.now()) });
  // Saved now because a task that is killed later never reaches the exit hook that saves it.
  flushCompileCache();

  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    log("info", "stopping", { signal });
    setTimeout(() => process.exit(1), drainMs).unref();
    void listening
      .close()
      .then(defaults.close)
      .catch((error: unknown) => log("error", "did not stop cleanly", errorFields(error)))
      .then(() => process.exit(0));
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}
