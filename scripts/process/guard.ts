import { spawn } from "node:child_process";
import path from "node:path";
import { identify } from "./identity.ts";
import type { ProcessIdentity } from "./identity.ts";
import { INSTANCE_VARIABLE } from "./marked.ts";

const PROGRAM = path.join(import.meta.dirname, "guardian.ts");

/** A guardian at work; `dismiss` lets it go once the record is deleted, and resolves when it has ended. */
export type Guard = { identity: ProcessIdentity; dismiss(): Promise<void> };

/** Starts a process, in a session of its own, that ends the recorded run when this process is gone. */
export function startGuard(recordFile: string, onLost: () => void = () => {}): Guard {
  const env = { ...process.env };
  delete env[INSTANCE_VARIABLE];
  const child = spawn(process.execPath, [PROGRAM, recordFile], {
    detached: true,
    stdio: ["pipe", "ignore", "inherit"],
    env,
    cwd: path.dirname(recordFile),
  });
  let dismissed = false;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  void ended.then(() => (dismissed ? undefined : onLost()));
  child.stdin.on("error", () => {});
  child.unref();
  // A pipe of a child keeps its parent running, although nothing will ever be read from it.
  (child.stdin as unknown as { unref(): void }).unref();
  return {
    identity: identify(child.pid ?? 0),
    dismiss: () => {
      dismissed = true;
      child.ref();
      child.stdin.end();
      return ended;
    },
  };
}
