import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import path from "node:path";
import { readRunRecord } from "../process/run-record.ts";
import { ROOT } from "../start/settings.ts";

/**
 * A worker beside the one that the product has, with what that one was started with; Linux only. It ends with this
 * process at the latest.
 */
export function startSecondWorker(dataDir: string, env: NodeJS.ProcessEnv): ChildProcess {
  const record = readRunRecord(path.join(dataDir, "run", "processes.json"));
  const pid = record?.groups.worker?.pid;
  if (pid === undefined) throw new Error("The product has no worker to take after.");
  const entries = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").filter(Boolean);
  const its = Object.fromEntries(
    entries.map((entry) => [entry.slice(0, entry.indexOf("=")), entry.slice(entry.indexOf("=") + 1)]),
  );
  const log = openSync(path.join(dataDir, "logs", "second-worker.log"), "a");
  const child = spawn(process.execPath, ["server/jobs/main.ts"], {
    cwd: ROOT,
    env: { ...env, ...its },
    // Its parent is gone when this pipe closes.
    stdio: ["pipe", log, log],
  });
  closeSync(log);
  return child;
}
