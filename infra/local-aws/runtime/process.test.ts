import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { startProcess } from "./process.ts";

const folder = mkdtempSync(path.join(os.tmpdir(), "process-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let counter = 0;

function write(source: string): string {
  const file = path.join(folder, `program-${(counter += 1)}.mjs`);
  writeFileSync(file, source);
  return file;
}

async function start(source: string, environment: Record<string, string> = {}, args: string[] = []) {
  const lines: string[] = [];
  const program = { file: write(source), args, cwd: folder, environment };
  const running = await startProcess(program, (line) => lines.push(line));
  return { running, lines };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // An orphan that nobody reaps, as in a container without an init, is a zombie for ever.
  const file = `/proc/${pid}/status`;
  return !existsSync(file) || !/^State:\s+Z/m.test(readFileSync(file, "utf8"));
}

describe("a program", () => {
  test("gets its arguments and its own environment only, and both outputs are read as lines", async () => {
    const source = `console.log(process.argv.slice(2).join()); console.error("é");
      console.log(JSON.stringify({ ...process.env })); process.stdout.write("no line break"); process.exitCode = 3;`;
    const { running, lines } = await start(source, { COLOUR: "red" }, ["a", "b"]);
    expect(await running.exited).toEqual({ code: 3, killed: false });
    expect(lines.toSorted()).toEqual(["a,b", "no line break", '{"COLOUR":"red"}', "é"].toSorted());
  });

  test("that obeys SIGTERM ends with its own code", async () => {
    const { running, lines } = await start(`process.on("SIGTERM", () => process.exit(7)); setInterval(() => {}, 1e6);
      console.log("ready");`);
    await until(() => lines.includes("ready"));
    running.stop(60_000);
    expect(await running.exited).toEqual({ code: 7, killed: false });
  });

  test("that ignores SIGTERM is killed, and one without a handler exits with 143", async () => {
    const stubborn = await start(`process.on("SIGTERM", () => {}); setInterval(() => {}, 1e6); console.log("ready");`);
    const plain = await start(`setInterval(() => {}, 1e6); console.log("ready");`);
    await until(() => stubborn.lines.includes("ready") && plain.lines.includes("ready"));
    stubborn.running.stop(10);
    plain.running.stop(60_000);
    expect(await stubborn.running.exited).toEqual({ code: 137, killed: true });
    expect(await plain.running.exited).toEqual({ code: 143, killed: false });
  });

  test("leaves nothing of its group behind when it exits", async () => {
    const { running, lines } = await start(`import { spawn } from "node:child_process";
      const child = spawn("sleep", ["600"], { stdio: "inherit" }); console.log(child.pid);
      child.on("spawn", () => process.exit(0));`);
    await running.exited;
    const pid = Number(lines[0]);
    await until(() => !isAlive(pid));
  });

  test("may fork: its children keep their own channel", async () => {
    const child = write(`process.send("hello"); process.on("message", (text) => process.send(text + "!"));`);
    const { running, lines } = await start(`import { fork } from "node:child_process";
      const child = fork(${JSON.stringify(child)});
      child.on("message", (text) => { console.log(text); text === "hello" ? child.send("echo") : process.exit(0); });`);
    await running.exited;
    expect(lines).toEqual(["hello", "echo!"]);
  });
});

test("nothing outlives us, not even SIGKILL", async () => {
  const module = fileURLToPath(new URL("./process.ts", import.meta.url));
  const program = write(`import { spawn } from "node:child_process";
    console.log(process.pid, spawn("sleep", ["600"]).pid); process.on("SIGTERM", () => {}); setInterval(() => {}, 1e6);`);
  const parent = write(`import { startProcess } from ${JSON.stringify(module)};
    await startProcess({ file: ${JSON.stringify(program)}, args: [], cwd: ".", environment: { PATH: process.env.PATH } }, console.log);`);
  const owner = spawn(process.execPath, [parent], { stdio: ["ignore", "pipe", "inherit"] });
  const [printed] = (await once(owner.stdout, "data")) as [Buffer];
  const pids = printed.toString().trim().split(" ").map(Number);
  expect(pids.every(isAlive)).toBe(true);
  owner.kill("SIGKILL");
  await until(() => !pids.some(isAlive));
});

test("nothing outlives us that had not even begun to run when we died", async () => {
  const module = fileURLToPath(new URL("./process.ts", import.meta.url));
  const program = write("setInterval(() => {}, 1e6);");
  const parent = write(`import { writeSync } from "node:fs";
    import { startProcess } from ${JSON.stringify(module)};
    const program = { file: ${JSON.stringify(program)}, args: [], cwd: ".", environment: {} };
    const started = await startProcess(program, () => {});
    writeSync(1, String(started.pid));
    process.kill(process.pid, "SIGKILL");`);
  const owner = spawn(process.execPath, [parent], { stdio: ["ignore", "pipe", "inherit"] });
  const [printed] = (await once(owner.stdout, "data")) as [Buffer];
  await until(() => !isAlive(Number(printed.toString())));
});
