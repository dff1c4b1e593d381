import path from "node:path";
import { createClock } from "./clock.ts";
import type { LocalAwsOptions, ServiceDefinition, World } from "./contract.ts";
import { createJournal } from "./journal.ts";
import { log } from "./log.ts";
import { createStore } from "./store.ts";

/** What a service's port needs of the world before the other ports exist. */
export type Core = Pick<World, "options" | "clock" | "journal" | "store" | "onClose">;

export type CoreHandle = { core: Core; close(): Promise<void> };

/** Clock, journal and store, and the order in which everything ends: last registered first, state saved last. */
export function createCore(options: LocalAwsOptions, services: ServiceDefinition[]): CoreHandle {
  const folder = path.resolve(options.dataDir);
  const store = createStore(folder);
  const { journal, flush } = createJournal(folder, ({ service, action }) =>
    services.some((one) => one.name === service && one.writes?.includes(action)),
  );
  const closers: (() => Promise<void> | void)[] = [];
  return {
    core: { options, clock: createClock(options.timeScale), journal, store, onClose: (run) => void closers.push(run) },
    async close() {
      for (const run of closers.reverse()) {
        // One part that fails to end must not keep the others from saving their state.
        try {
          await run();
        } catch (error) {
          log.error("close failed", { error: String(error) });
        }
      }
      await Promise.all([store.flush(), flush()]);
    },
  };
}
