import { spawn } from "node:child_process";

/** A program that ended badly; `output` is what it said last. */
export class CommandFailed extends Error {
  /**
   * @param {string} command
   * @param {number | null} code
   * @param {string} output
   */
  constructor(command, code, output) {
    super(`${command} failed${code === null ? "" : ` with exit code ${code}`}:\n${output.trim()}`);
    this.code = code;
    this.output = output;
  }
}

const KEPT_CHARACTERS = 200_000;

/**
 * Runs a program to its end and returns what it printed. Throws CommandFailed unless it exits with 0.
 * @param {string} file
 * @param {string[]} args
 * @param {{ env?: Record<string, string | undefined>, cwd?: string, signal?: AbortSignal }} [options] `signal` ends it
 * @returns {Promise<string>}
 */
export function run(file, args, { env, cwd, signal } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...env },
      cwd,
      signal,
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8");
      stream.on("data", (text) => {
        output = (output + text).slice(-KEPT_CHARACTERS);
      });
    }
    child.once("error", (error) => reject(new CommandFailed(file, null, error.message)));
    child.once("close", (code) =>
      code === 0 ? resolve(output) : reject(new CommandFailed([file, ...args].join(" "), code, output)),
    );
  });
}
