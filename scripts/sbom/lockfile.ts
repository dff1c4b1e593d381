import { readFileSync } from "node:fs";
import path from "node:path";

/** A package of package-lock.json, as far as a bill of materials says something of it. */
export type Locked = {
  name?: string;
  version: string;
  license?: string;
  integrity?: string;
  optional?: boolean;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, { optional?: boolean }>;
};

export type Lockfile = { name: string; version: string; packages: Record<string, Locked> };

export const lockfileOf = (root: string) =>
  JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8")) as Lockfile;

/** A package's own name, which the folder of an alias is not. */
export const nameOf = (folder: string, { name }: Locked) =>
  name ?? folder.slice(folder.lastIndexOf("node_modules/") + "node_modules/".length);

/** Folder in which a package finds another one: its own node_modules, then those above. */
function resolve({ packages }: Lockfile, from: string, name: string): string | undefined {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf("/node_modules/")))) {
    const found = `${at === "" ? "" : `${at}/`}node_modules/${name}`;
    if (found in packages) return found;
    if (at === "") return undefined;
  }
}

/** Names that a package needs in production, those that it can do without on some platforms among them. */
function needsOf({
  dependencies,
  optionalDependencies,
  peerDependencies = {},
  peerDependenciesMeta = {},
}: Locked): string[] {
  const peers = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional);
  return [...new Set([...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers])];
}

/**
 * What runs in production, by folder, with the folders that each needs. Walked from the root's own dependencies:
 * `npm sbom --omit dev` leaves out whatever a development tool needs as well, such as caniuse-lite.
 */
export function productionPackages(lockfile: Lockfile): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const waiting = [""];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    if (found.has(folder)) continue;
    const locked = lockfile.packages[folder];
    const needs = locked ? needsOf(locked).map((name) => resolve(lockfile, folder, name)) : [];
    const folders = needs.filter((one) => one !== undefined);
    found.set(folder, folders);
    waiting.push(...folders);
  }
  return found;
}
