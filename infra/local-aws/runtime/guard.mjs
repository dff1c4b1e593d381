// Preloaded into every task: ends its whole process group as soon as local AWS is gone, even by SIGKILL,
// because the kernel then closes the other end of the pipe on descriptor 3.
import { Socket } from "node:net";
import process from "node:process";
import { isMainThread } from "node:worker_threads";

const PARENT = "LOCAL_AWS_PARENT";

// Forks inherit the preload but neither the variable nor the pipe: their descriptor 3 is something else.
if (isMainThread && process.env[PARENT] === String(process.ppid)) {
  delete process.env[PARENT];
  const pipe = new Socket({ fd: 3, readable: true, writable: false });
  pipe.on("error", () => {});
  pipe.on("close", () => process.kill(-process.pid, "SIGKILL"));
  pipe.resume();
  pipe.unref();
}
