import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { freePort } from "./test/local.ts";

let folder: string;
let port: number;
let children: ChildProcess[];

beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "local-aws-"));
  port = await freePort();
  children = [];
});
afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

type Program = { child: ChildProcess; said(text: string): Promise<void>; ended: Promise<[number | null, string]> };

function start(environment: Record<string, string> = {}): Program {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, "main.ts")], {
    env: {
      ...process.env,
      LOCAL_AWS_PORT: String(port),
      DATA_DIR: folder,
      LOCAL_AWS_IMAGES: "nowhere.json",
      ...environment,
    },
    stdio: ["pipe", "pipe", "pipe"],
  });
  children.push(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(child, "close").then(([code]) => [code as number | null, output] as [number | null, string]);
  const said = async (text: string) => {
    while (!output.includes(text))
      await Promise.race([once(child.stdout, "data"), ended.then(() => Promise.reject(new Error(output)))]);
  };
  return { child, said, ended };
}

describe("local AWS as a process", { timeout: 180_000 }, () => {
  test.each(["SIGTERM", "SIGINT"] as const)("%s ends it cleanly", async (signal) => {
    const { child, said, ended } = start();
    await said("local AWS is ready");
    expect((await fetch(`http://localhost:${port}/_local/health`)).status).toBe(200);
    child.kill(signal);
    expect((await ended)[0]).toBe(0);
  });

  test("with a parent pipe it ends when the parent does, without one it does not read stdin", async () => {
    const bound = start({ QUARTERDECK_PARENT_PIPE: "1" });
    await bound.said("local AWS is ready");
    bound.child.stdin?.end();
    expect((await bound.ended)[0]).toBe(0);

    const free = start();
    await free.said("local AWS is ready");
    free.child.stdin?.end();
    expect((await fetch(`http://localhost:${port}/_local/health`)).status).toBe(200);
  });

  test("a taken port is one clear line and exit 1", async () => {
    const first = start();
    await first.said("local AWS is ready");
    const [code, output] = await start().ended;
    expect([code, output]).toEqual([1, `local-aws: port ${port} is taken (LOCAL_AWS_PORT)\n`]);
  });

  test("a bad setting is one clear line and exit 1", async () => {
    const [code, output] = await start({ LOCAL_AWS_TIME_SCALE: "fast" }).ended;
    expect(code).toBe(1);
    expect(output).toMatch(/^local-aws: LOCAL_AWS_TIME_SCALE: .+\n$/);
  });
});
