import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort, isPortFree } from "../process/ports.ts";
import type { Account } from "./account.ts";
import type { ClusterOptions } from "./cluster.ts";
import { runningPostmaster } from "./postmaster-file.ts";
import type { Postmaster } from "./postmaster-file.ts";

/**
 * After a SIGKILL of PostgreSQL its children hold the shared memory for some seconds more, and a crash
 * needs recovery: both end by themselves.
 */
const PATIENCE_MS = 60_000;
const SETTINGS = {
  listen_addresses: "127.0.0.1",
  // A socket's path may be longer than the 107 bytes that the system allows.
  unix_socket_directories: "",
  max_connections: "120",
  shared_buffers: "64MB",
  timezone: "UTC",
  log_timezone: "UTC",
  jit: "off",
};
const THROW_AWAY = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  autovacuum: "off",
  // Indexes and tables are made without a log, as nobody recovers or copies them.
  wal_level: "minimal",
  max_wal_senders: "0",
};

type LaunchOptions = ClusterOptions & {
  account: Account;
  data: string;
  /** Taken again when it is free. */
  usualPort: number | undefined;
};

/** Runs PostgreSQL detached from this process and waits until it accepts connections. */
export async function launchPostmaster(options: LaunchOptions): Promise<Postmaster> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const logStart = sizeOf(options.logFile);
    const postmaster = await attempt({ ...options, port: options.port ?? (await choosePort(options.usualPort)) });
    if (postmaster) return postmaster;
    if (performance.now() > deadline) {
      const log = readFileSync(options.logFile).subarray(logStart).toString("utf8").trim();
      throw new Error(`PostgreSQL does not start:\n${log}`);
    }
    await sleep(500);
  }
}

/** One start; undefined when PostgreSQL gave up. */
async function attempt(options: LaunchOptions & { port: number }): Promise<Postmaster | undefined> {
  const settings = { ...SETTINGS, ...(options.durable ? {} : THROW_AWAY), port: String(options.port) };
  const { file, args, ids } = options.account.spawn(options.account.binaries.postgres, [
    ...["-D", options.data],
    ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ]);
  const log = openSync(options.logFile, "a", 0o600);
  const child = spawn(file, args, {
    detached: true,
    stdio: ["ignore", log, log],
    env: { ...process.env, LC_ALL: "C", ...options.environment },
    cwd: options.account.folder,
    ...ids,
  });
  closeSync(log);
  let ended = false;
  child.once("exit", () => (ended = true));
  child.once("error", () => (ended = true));
  child.unref();
  while (!ended) {
    const postmaster = runningPostmaster(options.data);
    if (postmaster?.identity.pid === child.pid) return postmaster;
    await sleep(25);
  }
  return undefined;
}

async function choosePort(usual: number | undefined): Promise<number> {
  return usual !== undefined && (await isPortFree(usual)) ? usual : freePort();
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
