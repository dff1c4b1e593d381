import { spawn } from "node:child_process";
import { NODE, ROOT, withNode24 } from "./packages.mjs";

const PARENT_POLL_MS = 250;

/**
 * Hands over to a program on Node 24 and stays as its parent. Signals reach it as a line on a pipe, so that a
 * Ctrl-C, which the terminal sends to both, is not taken for two; when this process is killed, the pipe closes.
 * @param {string} program
 */
export function launch(program) {
  const child = spawn(NODE, [program, ...process.argv.slice(2)], {
    stdio: ["inherit", "inherit", "inherit", "pipe"],
    cwd: ROOT,
    env: { ...withNode24(), QUARTERDECK_LAUNCHER_FD: "3" },
  });
  const pipe = /** @type {import("node:stream").Writable} */ (child.stdio[3]);
  pipe.on("error", () => {});
  const stop = () => pipe.write("stop\n");
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(name, stop);
  watchNpm(stop);
  child.once("error", (error) => {
    console.error(error.message);
    process.exit(1);
  });
  child.once("exit", (code) => process.exit(code ?? 1));
}

/**
 * A SIGKILL of npm leaves its children running, with another parent. Only under npm: a shell that started this
 * in the background may well go.
 * @param {() => void} stop
 */
function watchNpm(stop) {
  if (process.env["npm_lifecycle_event"] === undefined) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && stop(), PARENT_POLL_MS).unref();
}
