import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Tree } from "./tree.ts";

const UID = 1000;
const isRoot = process.getuid?.() === 0;

/** What stands for a container: the image's entry in its tree, as its user, with folders of its own to write to. */
export type Container = {
  child: ChildProcess;
  exited: Promise<number | null>;
  output(): string;
  /** Runs the image's health check until it passes; throws when the program ended, or after the patience. */
  healthy(patienceMs: number): Promise<void>;
  /** Sends SIGTERM and answers how it ended. */
  stop(): Promise<number | null>;
};

/** A folder that the container's user may write to. */
export function writableFolder(name: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), `quarterdeck-${name}-`));
  if (isRoot) chownSync(folder, UID, UID);
  return folder;
}

/** As root the command runs as the image's user; anybody else runs it as themselves, on files that nobody may write. */
function asUser(command: readonly string[]): [string, ...string[]] {
  const [program = "", ...args] = command;
  return isRoot
    ? [
        "setpriv",
        `--reuid=${UID}`,
        `--regid=${UID}`,
        "--clear-groups",
        "--no-new-privs",
        "--bounding-set=-all",
        program,
        ...args,
      ]
    : [program, ...args];
}

/** Starts `args` in a tree. `env` is all of its environment, beside what the Dockerfile sets. */
export function startContainer(
  tree: Tree,
  { args, env }: { args: readonly string[]; env: Record<string, string> },
): Container {
  const { final, root } = tree;
  const node = (command: readonly string[]) =>
    command.map((part, index) => (index === 0 && part === "node" ? process.execPath : part));
  const options = {
    cwd: path.join(root, final.workdir),
    env: {
      NODE_ENV: "production" as const,
      PATH: "/usr/local/bin:/usr/bin:/bin",
      HOME: "/nonexistent",
      TMPDIR: writableFolder("tmp"),
      ...final.env,
      ...env,
    },
  };
  const [program, ...rest] = asUser(node([...(final.exec.ENTRYPOINT ?? []), ...args]));
  const child = spawn(program, rest, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => (output = (output + String(chunk)).slice(-20_000)));
  const exited = once(child, "exit").then(([code]) => code as number | null);
  const isWell = () => {
    const [check, ...more] = asUser(node(final.exec.HEALTHCHECK ?? []));
    return spawnSync(check, more, { ...options, timeout: 5_000, stdio: "ignore" }).status === 0;
  };
  return {
    child,
    exited,
    output: () => output,
    async healthy(patienceMs) {
      const deadline = performance.now() + patienceMs;
      while (!isWell()) {
        if (child.exitCode !== null || performance.now() > deadline)
          throw new Error(`${args.join(" ")} is not healthy:\n${output}`);
        await sleep(250);
      }
    },
    async stop() {
      child.kill("SIGTERM");
      return exited;
    },
  };
}
