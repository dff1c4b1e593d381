import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import path from "node:path";
import { startGuard } from "../process/guard.ts";
import { endRun } from "../process/end-run.ts";
import { startTimeOf } from "../process/identity.ts";
import type { ProcessIdentity } from "../process/identity.ts";
import { INSTANCE_VARIABLE } from "../process/marked.ts";
import { writeRunRecord } from "../process/run-record.ts";
import type { RunRecord } from "../process/run-record.ts";
import type { DataFolder } from "./data-folder.ts";
import { openLog } from "./log-file.ts";
import type { LogFile } from "./log-file.ts";
import { ROOT } from "./settings.ts";

/** A program in a process group of its own, on Node 24, with `<name>.log`. */
export type Launch = {
  name: string;
  args: string[];
  env: Record<string, string | undefined>;
  /** Ends by itself when this process is gone. */
  watchesParent?: boolean;
};
export type Launched = { child: ChildProcess; identity: ProcessIdentity; exited: Promise<number | null> };

/** Everything that this process started; on disk too, so that the guardian can end it when we cannot. */
export type Run = {
  /** Entry of the environment that everything we start carries. */
  mark: Record<string, string>;
  launch(what: Launch): Launched;
  logOf(name: string): LogFile;
  notePostgres(identity: ProcessIdentity | undefined): void;
  /** What is running now, by name. */
  groups(): Record<string, ProcessIdentity>;
  /** Refuses to launch anything more. */
  close(): void;
  isClosed(): boolean;
  /** Call once all is ended: the guardian has nothing left to do. */
  end(): Promise<void>;
};

/** Where a run writes down what it started. */
export function recordFileIn(folders: DataFolder): string {
  return path.join(folders.run, "processes.json");
}

/** Begins a run: its record is on disk and its guardian at work before anything else is started. */
export function openRun(folders: DataFolder): Run {
  const recordFile = recordFileIn(folders);
  const record: RunRecord = { instance: randomUUID(), groups: {}, throwAway: [] };
  const mark = { [INSTANCE_VARIABLE]: record.instance };
  const logs = new Map<string, LogFile>();
  let closed = false;
  const save = () => writeRunRecord(recordFile, record);
  save();
  const guarded = () => {
    const started = startGuard(recordFile, () => (guard = guarded()));
    record.guardian = started.identity;
    save();
    return started;
  };
  let guard = guarded();

  const logOf = (name: string) => {
    const log = logs.get(name) ?? openLog(path.join(folders.logs, `${name}.log`));
    logs.set(name, log);
    return log;
  };

  const launch = ({ name, args, env, watchesParent = false }: Launch): Launched => {
    if (closed) throw new Error(`Quarterdeck is stopping: ${name} is not started.`);
    const child = spawnLogged({ args, env: { ...env, ...mark }, log: logOf(name) });
    const exited = new Promise<number | null>((resolve) => {
      child.once("exit", resolve);
      // The system may refuse another process.
      child.once("error", () => resolve(null));
    });
    const pid = child.pid ?? 0;
    const identity = { pid, startedAt: startTimeOf(pid) ?? "ended at once" };
    record.groups[name] = { ...identity, watchesParent };
    save();
    void exited.then(() => {
      if (record.groups[name]?.startedAt !== identity.startedAt) return;
      delete record.groups[name];
      if (!closed) save();
    });
    return { child, identity, exited };
  };

  return {
    mark,
    launch,
    logOf,
    notePostgres: (identity) => {
      record.postgres = identity;
      save();
    },
    groups: () => ({ ...record.groups }),
    close: () => {
      closed = true;
    },
    isClosed: () => closed,
    end: async () => {
      // By now nothing is left, except what escaped its group.
      await endRun(recordFile, record);
      await guard.dismiss();
    },
  };
}

function spawnLogged({ args, env, log }: { args: string[]; env: Launch["env"]; log: LogFile }): ChildProcess {
  const child = spawn(process.execPath, args, {
    // The pipe on standard input tells a child that its parent is gone.
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
    cwd: ROOT,
    env: { ...process.env, ...env, QUARTERDECK_PARENT_PIPE: "1" },
  });
  child.stdin?.on("error", () => {});
  child.stdout?.on("data", log.write);
  child.stderr?.on("data", log.write);
  return child;
}
