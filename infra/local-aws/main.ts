import path from "node:path";
import { z } from "zod";
import { log } from "./log.ts";
import { createLocalAws } from "./server.ts";

const CLOSE_WITHIN_MS = 8_000;

const Environment = z.object({
  LOCAL_AWS_PORT: z.coerce.number().int().min(0).max(65_535).default(4566),
  DATA_DIR: z.string().min(1).default(".data"),
  LOCAL_AWS_TIME_SCALE: z.coerce.number().min(1).max(1_000).default(10),
  LOCAL_AWS_IMAGES: z.string().min(1).default("infra/qkart/images.json"),
  LOCAL_AWS_HOST: z.string().min(1).default("localhost"),
  QUARTERDECK_PARENT_PIPE: z.enum(["0", "1"]).default("0"),
});

/** Ends the process with one line that says what is wrong. */
function refuse(message: string): never {
  process.stderr.write(`local-aws: ${message}\n`);
  process.exit(1);
}

async function main(): Promise<void> {
  const parsed = Environment.safeParse(process.env);
  if (!parsed.success) {
    refuse(parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join(", "));
  }
  const environment = parsed.data;
  const root = path.resolve(import.meta.dirname, "../..");
  const local = await createLocalAws({
    port: environment.LOCAL_AWS_PORT,
    dataDir: path.resolve(environment.DATA_DIR, "local-aws"),
    timeScale: environment.LOCAL_AWS_TIME_SCALE,
    imagesFile: path.resolve(root, environment.LOCAL_AWS_IMAGES),
    root,
    host: environment.LOCAL_AWS_HOST,
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "EADDRINUSE") refuse(`port ${environment.LOCAL_AWS_PORT} is taken (LOCAL_AWS_PORT)`);
    refuse(`cannot start: ${error.message}`);
  });
  log.info("local AWS is ready", { url: local.url, timeScale: environment.LOCAL_AWS_TIME_SCALE });

  let closing = false;
  const close = (reason: string) => {
    // Asked twice, somebody is impatient.
    if (closing) process.exit(1);
    closing = true;
    log.info("local AWS is closing", { reason });
    setTimeout(() => process.exit(1), CLOSE_WITHIN_MS).unref();
    void local.close().then(() => process.exit(0));
  };
  process.on("SIGTERM", () => close("SIGTERM"));
  process.on("SIGINT", () => close("SIGINT"));
  if (environment.QUARTERDECK_PARENT_PIPE === "1") watchParent(() => close("the parent process is gone"));
}

/** The parent holds the other end of stdin and never writes: it ends with the parent, however that died. */
function watchParent(gone: () => void): void {
  let told = false;
  const once = () => {
    if (!told) gone();
    told = true;
  };
  process.stdin.on("end", once).on("close", once).on("error", once).resume();
}

// Nobody reads the log any more; ending is for the parent pipe to decide.
process.stdout.on("error", () => undefined);

// State lives in memory: carrying on after a bug is better than losing every task. The log has the cause.
process.on("unhandledRejection", (reason) => {
  log.error("unhandled rejection", { error: reason instanceof Error ? reason.stack : String(reason) });
});
process.on("uncaughtException", (error) => log.error("uncaught exception", { error: error.stack }));

await main();
