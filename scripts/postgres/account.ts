import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readdirSync, renameSync, statSync } from "node:fs";
import { userInfo } from "node:os";
import path from "node:path";
import type { PostgresBinaries } from "./binaries.ts";

/** How PostgreSQL is run: PostgreSQL refuses root, so root needs another account for it. */
export type Account = {
  /** Programs that the account can execute. */
  binaries: PostgresBinaries;
  /** A folder that the account can enter and own. */
  folder: string;
  /** Turns a program and its arguments into what to spawn. */
  spawn(program: string, args: string[]): { file: string; args: string[]; ids: { uid?: number; gid?: number } };
};

const NOBODY = 65534;
const UNSHARE = ["--user", `--map-user=${NOBODY}`, `--map-group=${NOBODY}`];
const SYSTEM_FOLDER = "/var/lib/quarterdeck";

/** Chooses the account for a cluster that should live in `folder`, and makes the folder its own. */
export function chooseAccount(folder: string, binaries: PostgresBinaries): Account {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && hasName()) return { binaries, folder, spawn: (file, args) => ({ file, args, ids: {} }) };
  // Data that an earlier start had to put elsewhere stays there.
  if (isRoot && existsSync(elsewhere(folder))) return underNobody(folder, binaries);
  if (canUnshare(binaries)) return underUserNamespace(folder, binaries);
  if (isRoot) return underNobody(folder, binaries);
  throw new Error(
    `PostgreSQL needs a user with a name: user ${process.getuid?.()} has none. Name it, or set DATABASE_URL.`,
  );
}

/** Containers may run under a number that no user has; initdb asks for its name. */
function hasName(): boolean {
  try {
    return userInfo().username !== "";
  } catch {
    return false;
  }
}

/** Ourselves seen as nobody: files stay ours, so it works inside a home that nobody else can enter. */
function underUserNamespace(folder: string, binaries: PostgresBinaries): Account {
  if (process.getuid?.() === 0) own(folder, 0);
  const spawn: Account["spawn"] = (program, args) => ({
    file: "unshare",
    args: [...UNSHARE, program, ...args],
    ids: {},
  });
  return { binaries, folder, spawn };
}

function canUnshare(binaries: PostgresBinaries): boolean {
  return spawnSync("unshare", [...UNSHARE, binaries.postgres, "--version"], { stdio: "ignore" }).status === 0;
}

/** Containers often forbid user namespaces: there the account is nobody, in folders that nobody can enter. */
function underNobody(folder: string, binaries: PostgresBinaries): Account {
  const data = isEnterable(folder) ? folder : elsewhere(folder);
  if (data !== folder) openFolder(SYSTEM_FOLDER);
  mkdirSync(data, { recursive: true, mode: 0o700 });
  own(data, NOBODY);
  const spawn: Account["spawn"] = (file, args) => ({ file, args, ids: { uid: NOBODY, gid: NOBODY } });
  return { binaries: isEnterable(binaries.root) ? binaries : copyBinaries(binaries), folder: data, spawn };
}

/** Whether everybody may pass through every folder above. */
function isEnterable(folder: string): boolean {
  for (let at = path.dirname(path.resolve(folder)); ; at = path.dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

/** A folder of root's that everybody may pass through, whatever the umask. */
function openFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
}

/** Where data goes whose own folder nobody can enter. */
function elsewhere(folder: string): string {
  return path.join(SYSTEM_FOLDER, createHash("sha256").update(path.resolve(folder)).digest("hex").slice(0, 16));
}

function copyBinaries(binaries: PostgresBinaries): PostgresBinaries {
  const folder = path.join(SYSTEM_FOLDER, "programs", `postgresql-${binaries.version}`);
  if (!existsSync(folder)) {
    openFolder(path.dirname(folder));
    const unfinished = `${folder}.${process.pid}`;
    cpSync(binaries.root, unfinished, { recursive: true, verbatimSymlinks: true });
    renameSync(unfinished, folder);
  }
  const moved = (program: string) => path.join(folder, path.relative(binaries.root, program));
  return { ...binaries, root: folder, initdb: moved(binaries.initdb), postgres: moved(binaries.postgres) };
}

/** Hands a folder to a user, when it is not theirs already: the way root runs PostgreSQL may differ between starts. */
function own(folder: string, uid: number): void {
  if (statSync(folder).uid === uid) return;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    chownSync(path.join(entry.parentPath, entry.name), uid, uid);
  chownSync(folder, uid, uid);
}
