// Preloaded into every task: ends its whole process group as soon as local AWS is gone, even by SIGKILL,
// because the kernel then closes the other end of the pipe on descriptor 3.
import { Socket } from "node:net";
import process from "node:process";
import { isMainThread } from "node:worker_threads";

const MARK = "LOCAL_AWS_TASK";

// Forks inherit the preload but neither the mark nor the pipe: their descriptor 3 is something else. Who our parent
// is says nothing: it may have ended before we got here, and then the pipe is closed already.
if (isMainThread && process.env[MARK] !== undefined) {
  delete process.env[MARK];
  const pipe = new Socket({ fd: 3, readable: true, writable: false });
  pipe.on("error", () => {});
  pipe.on("close", () => process.kill(-process.pid, "SIGKILL"));
  pipe.resume();
  pipe.unref();
}
