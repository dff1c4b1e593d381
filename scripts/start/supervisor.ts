import { prepareDataFolder } from "./data-folder.ts";
import type { DataFolder } from "./data-folder.ts";
import { Fatal } from "./fatal.ts";
import { lockInstance } from "./instance-lock.ts";
import type { InstanceLock } from "./instance-lock.ts";
import { clearLeftovers } from "./leftovers.ts";
import { refuseTakenPorts } from "./named-ports.ts";
import { openRun, recordFileIn } from "./run.ts";
import type { Run } from "./run.ts";
import { readSettings } from "./settings.ts";
import { stopAll } from "./shutdown.ts";
import type { Started } from "./shutdown.ts";
import { startEverything } from "./start-everything.ts";
import { onStopRequest } from "./stop-requests.ts";
import { publicUrl } from "#server/core/config.ts";
import type { Config } from "#server/core/config.ts";

/** Starts the product, keeps it running, and stops it in order. Ends with 0 when asked to stop, else with 1. */
const started: Started = { programs: [] };
let lock: InstanceLock | undefined;
let run: Run | undefined;
let comingUp: Promise<void> = Promise.resolve();
let stopping = false;

// The terminal, or npm, may be gone before us.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  if (run) {
    console.log("\nStopping…");
    await stopAll({ run, started, comingUp });
    console.log("Stopped. Your data is kept.");
  }
  lock?.release();
  process.exit(code);
}

async function start(settings: Config, folders: DataFolder): Promise<void> {
  lock = lockInstance(folders.run, publicUrl(settings));
  await clearLeftovers(recordFileIn(folders));
  await refuseTakenPorts(settings);
  run = openRun(folders);
  const banner = await startEverything({ settings, folders, run, started });
  lock.markReady();
  console.log(banner);
}

onStopRequest(() => void stop(0));
try {
  const settings = readSettings();
  comingUp = start(settings, prepareDataFolder(settings.DATA_DIR));
  await comingUp;
} catch (error) {
  if (!stopping) {
    const isForPeople =
      error instanceof Fatal || !(error instanceof Error) || error.message.startsWith("Bad configuration");
    console.error(isForPeople ? (error as Error).message : error);
  }
  await stop(1);
}
