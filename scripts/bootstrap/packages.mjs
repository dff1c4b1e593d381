import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { run } from "./run.mjs";
import { stage } from "./stage.mjs";

export const ROOT = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "../..");

/** Node 24, which the packages bring: the one on this machine only starts it. */
export const NODE = path.join(ROOT, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");

/** Environment in which `node` is Node 24 also for what it starts. */
export function withNode24() {
  const bin = [path.dirname(NODE), path.join(ROOT, "node_modules", ".bin")];
  return { ...process.env, PATH: [...bin, process.env["PATH"]].join(path.delimiter) };
}

/** Installs what the lockfile names, unless that is there already, and completes Node 24. */
export async function installPackages() {
  if (!matchesLockfile()) await stage("Installing packages", () => npm("ci", "--ignore-scripts", "--include=dev"));
  // Its binary comes by an install script, and the scripts of all packages are off.
  if (!(await hasNode24())) await stage("Installing Node 24", () => npm("rebuild", "node"));
  if (!(await hasNode24()))
    throw new Error("Node 24 could not be installed: npm rebuild node did not bring its binary.");
}

/** @param {string[]} args */
export function npm(...args) {
  const cli = process.env["npm_execpath"];
  const own = cli !== undefined && path.basename(cli).startsWith("npm");
  const quiet = ["--loglevel=error", "--no-audit", "--no-fund", "--no-update-notifier"];
  return own
    ? run(process.execPath, [cli, ...args, ...quiet], { cwd: ROOT })
    : run("npm", [...args, ...quiet], { cwd: ROOT });
}

/** npm keeps a copy of the lockfile in node_modules, written when an installation is complete. */
function matchesLockfile() {
  const installed = path.join(ROOT, "node_modules", ".package-lock.json");
  if (!existsSync(installed)) return false;
  /** @type {(file: string) => Record<string, { version?: string, optional?: boolean, devOptional?: boolean }>} */
  const packagesOf = (file) => JSON.parse(readFileSync(file, "utf8")).packages;
  const have = packagesOf(installed);
  return Object.entries(packagesOf(path.join(ROOT, "package-lock.json"))).every(([name, { version, optional }]) => {
    if (name === "") return true;
    return have[name] === undefined ? optional === true : have[name].version === version;
  });
}

async function hasNode24() {
  return run(NODE, ["--version"]).then(
    (version) => version.startsWith("v24."),
    () => false,
  );
}
