import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));

type Repository = { program: string; environment: Record<string, string> };
type ImagesFile = { repositories: Record<string, Repository & { tags: string[]; pattern: string }> };

export const imagesFile = JSON.parse(readFileSync(new URL("../images.json", import.meta.url), "utf8")) as ImagesFile;

export type Program = {
  process: ChildProcess;
  /** What it has written to stdout and stderr so far, by line. */
  lines: string[];
  /** Where it listens; rejects when it ends before it does. */
  url: Promise<string>;
  /** Exit code, or the name of the signal that ended it. */
  ended: Promise<number | string>;
  kill(): Promise<void>;
};

/** Starts an image of the registry file the way that ECS does, on a free port. */
export function startImage(repository: string, tag: string, environment: Record<string, string> = {}): Program {
  const image = imagesFile.repositories[repository];
  if (image === undefined) throw new Error(`images.json has no ${repository}`);
  const baked = Object.fromEntries(
    Object.entries(image.environment).map(([name, value]) => [name, value.replaceAll("$TAG", tag)]),
  );
  return startProgram(image.program, { ...baked, PORT: "0", ...environment });
}

export function startProgram(program: string, environment: Record<string, string>, args: string[] = []): Program {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: root,
    env: { PATH: process.env["PATH"], NODE_ENV: "production", ...environment },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const lines: string[] = [];
  // "close" and not "exit": by then all that it wrote has been read.
  const ended = once(child, "close").then(([code, signal]) => (code ?? signal) as number | string);
  const url = new Promise<string>((resolve, reject) => {
    const read = (line: string) => {
      lines.push(line);
      const port = /"msg":"listening".*"port":(\d+)/.exec(line)?.[1];
      if (port !== undefined) resolve(`http://127.0.0.1:${port}`);
    };
    createInterface({ input: child.stdout }).on("line", read);
    createInterface({ input: child.stderr }).on("line", read);
    child.once("close", (code) => reject(new Error(`${program} ended with ${code}:\n${lines.join("\n")}`)));
  });
  url.catch(() => undefined);
  const kill = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
    await ended;
  };
  return { process: child, lines, url, ended, kill };
}
