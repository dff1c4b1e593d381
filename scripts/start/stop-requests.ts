import { Socket } from "node:net";

/**
 * Calls back once for each wish to stop: a signal, a line from the launcher, or the launcher's end, which closes
 * the pipe (its number is in QUARTERDECK_LAUNCHER_FD).
 */
export function onStopRequest(stop: () => void): void {
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, stop);
  const descriptor = Number(process.env["QUARTERDECK_LAUNCHER_FD"] ?? 0);
  // What we start must not take the descriptor for its own.
  delete process.env["QUARTERDECK_LAUNCHER_FD"];
  if (!descriptor) return;
  // Not a file stream: its blocking read would hold up the end of this process.
  const pipe = new Socket({ fd: descriptor, readable: true, writable: false });
  pipe.on("data", stop);
  pipe.on("error", stop);
  pipe.on("close", stop);
}
