import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { readDockerIgnore } from "./docker-ignore.ts";
import { readDockerfile, type CopyLine, type Stage } from "./dockerfile.ts";

type Image = { dockerfile: string; context: string };

/** An image's files, made without Docker from what its Dockerfile says. */
export type Tree = { root: string; final: Stage };

/**
 * Makes the files of an image's last stage under `root`, by its COPY lines. A stage that another one copies from is
 * made first, by its own COPY and RUN lines; those in `built` stand for what was built already.
 */
export function assemble({
  image,
  root,
  built = {},
}: {
  image: Image;
  root: string;
  built?: Record<string, string>;
}): Tree {
  const { stages, final } = readDockerfile(image.dockerfile);
  const roots: Record<string, string> = {};
  for (const stage of stages.slice(0, -1)) {
    const name = stage.name ?? "";
    roots[name] = path.join(root, `stage-${name}`);
    if (built[name] === undefined) make(stage, { context: image.context, root: roots[name], roots, built });
  }
  const files = path.join(root, "image");
  make({ ...final, runs: [] }, { context: image.context, root: files, roots, built });
  readOnly(files);
  return { root: files, final };
}

type Places = { context: string; root: string; roots: Record<string, string>; built: Record<string, string> };

function make(stage: Stage, places: Places): void {
  const workdir = path.join(places.root, stage.workdir);
  mkdirSync(workdir, { recursive: true });
  for (const line of stage.copies) copy(line, { ...places, workdir });
  for (const command of stage.runs)
    execFileSync("sh", ["-c", command], { cwd: workdir, stdio: ["ignore", "ignore", "inherit"] });
}

function copy({ from, sources, to }: CopyLine, { context, roots, built, workdir }: Places & { workdir: string }): void {
  const isIgnored = readDockerIgnore(context);
  for (const source of sources) {
    // What was built lies in the checkout, where the image has it under its working directory.
    const builtAt = built[from ?? ""];
    const full =
      from === undefined
        ? path.join(context, source)
        : builtAt === undefined
          ? path.join(roots[from] ?? "", source)
          : path.join(builtAt, source.replace(/^\/app\//, ""));
    const isFolder = statSync(full).isDirectory();
    const target = path.resolve(
      workdir,
      to,
      !isFolder && (to.endsWith("/") || to === ".") ? path.basename(source) : "",
    );
    // A stage that was built in the checkout has files there that its own context would not have had.
    const base = from === undefined ? context : builtAt;
    const skips = (file: string) =>
      base !== undefined &&
      isIgnored(path.relative(base, file)) &&
      !/^(\.next\/standalone|server\/db\/generated)(\/|$)/.test(path.relative(base, file));
    cpSync(full, target, { recursive: true, verbatimSymlinks: true, filter: (file) => file === full || !skips(file) });
  }
}

/** Nobody may write; everybody may read, as in a layer whose files belong to root. */
function readOnly(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isDirectory()) chmodSync(file, 0o555);
    else if (entry.isFile()) chmodSync(file, statSync(file).mode & 0o111 ? 0o555 : 0o444);
  }
  chmodSync(folder, 0o555);
}

/** Makes a tree deletable again. */
export function writable(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isDirectory()) chmodSync(path.join(entry.parentPath, entry.name), 0o755);
  }
}

/** Bytes of the files below a folder, as `du` counts their content. */
export function sizeOf(folder: string): number {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0);
}
