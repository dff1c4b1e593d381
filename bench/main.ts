import { log } from "#server/core/log.ts";
import { freshness } from "./freshness.ts";
import { lists } from "./lists.ts";
import { pages } from "./pages.ts";
import { plans } from "./plans.ts";
import { rollback } from "./rollback.ts";
import { seed } from "./seed.ts";
import { start } from "./start.ts";
import { streams } from "./streams.ts";
import { worker } from "./worker.ts";
import { workers } from "./workers.ts";

log.level = "error";

/** Every benchmark by name, in the order in which they run when none is named. */
const benchmarks: Record<string, () => Promise<void>> = {
  seed,
  plans,
  lists,
  pages,
  streams,
  worker,
  workers,
  rollback,
  freshness,
  start,
};

const names = process.argv.slice(2);
const unknown = names.filter((name) => !Object.hasOwn(benchmarks, name));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(", ")}. There are ${Object.keys(benchmarks).join(", ")}.`);
  process.exit(1);
}
for (const name of names.length > 0 ? names : Object.keys(benchmarks)) await benchmarks[name]?.();
