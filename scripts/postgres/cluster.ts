import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chownSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { ProcessIdentity } from "../process/identity.ts";
import { writeWhole } from "../process/write-whole.ts";
import { chooseAccount } from "./account.ts";
import type { Account } from "./account.ts";
import { adoptPostmaster } from "./adopt.ts";
import { postgresBinaries } from "./binaries.ts";
import { launchPostmaster } from "./launch.ts";
import { stoppingPostmaster } from "./postmaster-file.ts";

const USER = "quarterdeck";

/** A PostgreSQL of our own that listens on 127.0.0.1. It outlives the process that started it until it is stopped. */
export type Cluster = {
  identity: ProcessIdentity;
  port: number;
  /** Connection string of a database in this cluster. */
  url(database: string): string;
  /** True when this PostgreSQL ran already. */
  adopted: boolean;
  /** Whether it was told to end and waits for its clients to go, taking no new ones. */
  isEnding(): boolean;
};

export type ClusterOptions = {
  /** Holds the data and the password; made when missing. */
  folder: string;
  /** Where PostgreSQL's own messages go; appended. */
  logFile: string;
  /** False for throw-away data: no fsync. */
  durable: boolean;
  /** Kept when PostgreSQL is started again under the same clients; otherwise a free one. */
  port?: number;
  /** Added to the environment of PostgreSQL, so that its processes can be recognised. */
  environment?: Record<string, string>;
};

/** Starts PostgreSQL in a folder, creating the cluster when there is none, or adopts the one that runs there. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const account = chooseAccount(options.folder, postgresBinaries());
  const data = path.join(account.folder, "data");
  const password = await initialise({ account, data, options });
  const running = await adoptPostmaster(data);
  const postmaster = running ?? (await launchPostmaster({ ...options, account, data, usualPort: usualPort(options) }));
  writeWhole(path.join(options.folder, "port"), `${postmaster.port}\n`);
  return {
    identity: postmaster.identity,
    port: postmaster.port,
    url: (database) => `postgresql://${USER}:${password}@127.0.0.1:${postmaster.port}/${database}`,
    adopted: running !== undefined,
    isEnding: () => stoppingPostmaster(data)?.identity.pid === postmaster.identity.pid,
  };
}

/** Runs initdb unless a finished cluster is there, and returns the password of its owner. */
async function initialise(at: { account: Account; data: string; options: ClusterOptions }): Promise<string> {
  const { account, data, options } = at;
  const passwordFile = path.join(options.folder, "password");
  // The password is written last: without it an earlier initdb did not finish.
  if (existsSync(passwordFile)) return readFileSync(passwordFile, "utf8").trim();
  rmSync(data, { recursive: true, force: true });
  const password = randomBytes(24).toString("base64url");
  const forInitdb = path.join(account.folder, "password.new");
  const { file, args, ids } = account.spawn(account.binaries.initdb, [
    ...["--pgdata", data, "--username", USER, "--auth=scram-sha-256", "--pwfile", forInitdb],
    ...["--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"],
  ]);
  writeFileSync(forInitdb, `${password}\n`, { mode: 0o600 });
  if (ids.uid !== undefined && ids.gid !== undefined) chownSync(forInitdb, ids.uid, ids.gid);
  const env = { ...process.env, LC_ALL: "C", ...options.environment };
  await finished(spawn(file, args, { stdio: ["ignore", "ignore", "pipe"], detached: true, env, ...ids }));
  rmSync(forInitdb);
  writeWhole(passwordFile, `${password}\n`);
  return password;
}

/** A group of its own keeps a Ctrl-C, which means the whole terminal, from breaking it off half way. */
async function finished(initdb: ChildProcess): Promise<void> {
  let output = "";
  initdb.stderr?.setEncoding("utf8").on("data", (text: string) => (output += text));
  const [code] = await once(initdb, "close");
  if (code !== 0) throw new Error(`PostgreSQL could not make its data folder:\n${output.trim()}`);
}

/** The port of the last start: what knows the connection string of then, like a running task, still reaches it. */
function usualPort({ folder }: ClusterOptions): number | undefined {
  const file = path.join(folder, "port");
  return existsSync(file) ? Number(readFileSync(file, "utf8")) : undefined;
}
