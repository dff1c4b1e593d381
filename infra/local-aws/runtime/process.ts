import { spawn } from "node:child_process";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";
import { onLines } from "./lines.ts";

export type Program = {
  /** Absolute path of a module that Node runs. */
  file: string;
  args: string[];
  cwd: string;
  /** The whole environment: nothing of ours is inherited. */
  environment: Record<string, string>;
};

export type Exit = {
  /** As a shell sees it: 128 plus the signal's number when a signal ended it. */
  code: number;
  /** It was we who sent SIGKILL, after SIGTERM had no effect. */
  killed: boolean;
};

export type RunningProcess = {
  pid: number;
  exited: Promise<Exit>;
  /** SIGTERM to the whole process group, SIGKILL after `graceMs` real milliseconds. */
  stop(graceMs: number): void;
};

const guard = fileURLToPath(new URL("./guard.mjs", import.meta.url));

/**
 * Runs a program as the leader of its own process group, tied to our life by a pipe. Rejects only when the
 * operating system refuses to start it.
 */
export function startProcess(program: Program, onLine: (line: string) => void): Promise<RunningProcess> {
  const child = spawn(process.execPath, ["--import", guard, program.file, ...program.args], {
    cwd: program.cwd,
    // Next.js declares NODE_ENV as always present; in a container it is not.
    env: { ...program.environment, LOCAL_AWS_TASK: "1" } as unknown as NodeJS.ProcessEnv,
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  // Descriptors 1 and 2 are pipes, as `stdio` says.
  for (const stream of [child.stdout!, child.stderr!]) onLines(stream, onLine);
  // The child closes its end when it ends, which may surface here as a reset connection.
  child.stdio[3]!.on("error", () => undefined);
  let killed = false;
  const exited = new Promise<Exit>((resolve) => {
    child.once("close", (code, signal) => resolve({ code: exitCode(code, signal), killed }));
  });

  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("spawn", () => {
      const pid = child.pid!;
      // What the program started and left behind would keep the output pipes open, and us waiting.
      child.once("exit", () => signalGroup(pid, "SIGKILL"));
      resolve({
        pid,
        exited,
        stop(graceMs) {
          signalGroup(pid, "SIGTERM");
          const timer = setTimeout(() => {
            killed = true;
            signalGroup(pid, "SIGKILL");
          }, graceMs).unref();
          void exited.then(() => clearTimeout(timer));
        },
      });
    });
  });
}

function exitCode(code: number | null, signal: NodeJS.Signals | null): number {
  return code ?? 128 + (signal ? constants.signals[signal] : 0);
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // ESRCH: the group is gone already.
  }
}
