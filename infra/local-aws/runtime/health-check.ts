import { spawn } from "node:child_process";

export type HealthCheck = {
  /** `["CMD-SHELL", line]` or `["CMD", program, …args]`. */
  command: string[];
  intervalMs: number;
  timeoutMs: number;
  retries: number;
  startPeriodMs: number;
};

export type HealthStatus = "UNKNOWN" | "HEALTHY" | "UNHEALTHY";

/**
 * Descriptor 3 is a pipe from us. A background reader ends the whole group when it closes, so that a hanging check
 * does not outlive local AWS. `$@` is the check itself.
 */
const GUARDED = '(read -r _ <&3; kill -9 0) & guard=$!; exec 3<&-; "$@"; code=$?; kill "$guard"; exit "$code"';

/** Repeats the check until cancelled and reports each change of status, by Docker's rules. All times are real. */
export function watchHealth(
  check: HealthCheck,
  where: { cwd: string; environment: Record<string, string> },
  report: (status: HealthStatus) => void,
): () => void {
  const begun = Date.now();
  const stop = new AbortController();
  let failures = 0;
  let status: HealthStatus = "UNKNOWN";
  let timer: NodeJS.Timeout;

  const change = (next: HealthStatus) => {
    if (next !== status) report((status = next));
  };
  const repeat = async () => {
    const passed = await runCheck(check, where, stop.signal);
    if (stop.signal.aborted) return;
    if (passed) {
      failures = 0;
      change("HEALTHY");
    } else if (Date.now() - begun >= check.startPeriodMs) {
      failures += 1;
      if (failures >= check.retries) change("UNHEALTHY");
    }
    timer = setTimeout(() => void repeat(), check.intervalMs).unref();
  };
  timer = setTimeout(() => void repeat(), check.intervalMs).unref();
  return () => {
    clearTimeout(timer);
    stop.abort();
  };
}

/** One execution: passed when it exits with 0 in time. */
export function runCheck(
  { command, timeoutMs }: Pick<HealthCheck, "command" | "timeoutMs">,
  { cwd, environment }: { cwd: string; environment: Record<string, string> },
  signal?: AbortSignal,
): Promise<boolean> {
  const [form, ...words] = command;
  const argv = form === "CMD-SHELL" ? ["/bin/sh", "-c", words.join(" ")] : form === "CMD" ? words : command;
  return new Promise((resolve) => {
    const child = spawn("/bin/sh", ["-c", GUARDED, "health-check", ...argv], {
      cwd,
      // Next.js declares NODE_ENV as always present; in a container it is not.
      env: environment as NodeJS.ProcessEnv,
      detached: true,
      stdio: ["ignore", "ignore", "ignore", "pipe"],
    });
    const kill = () => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      } catch {
        // ESRCH: it has just ended by itself.
      }
    };
    const timer = setTimeout(kill, timeoutMs).unref();
    signal?.addEventListener("abort", kill, { once: true });
    const finish = (passed: boolean) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", kill);
      resolve(passed);
    };
    child.once("error", () => finish(false));
    child.once("exit", (code) => finish(code === 0));
  });
}
