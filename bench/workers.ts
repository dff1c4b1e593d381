import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { repeatedEffects } from "../scripts/drill/invariants.ts";
import { places } from "../scripts/drill/place.ts";
import { printTable, verdict } from "./figures.ts";
import { benchProduct, deploy, hasEnded, pause, postRelease, untilDeployment, type BenchProduct } from "./product.ts";

const scale = 30;
const services = [...new Set(places.map(({ service }) => service))];

function linesIn(on: BenchProduct, log: string): string[] {
  const file = path.join(on.product.dataDir, "logs", log);
  return existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
}

/** Looks at steps that a worker carried out, by what it wrote at level debug. */
function jobsIn(on: BenchProduct, log: string): number {
  return linesIn(on, log).filter((line) => line.includes('"job":"deployment:advance"')).length;
}

/** Two workers on six deployments at once, twice; the second time one of them is killed half way. Counts alone. */
export async function workers(): Promise<void> {
  const on = await benchProduct(scale, { LOG_LEVEL: "debug" });
  try {
    const rows: Record<string, string | number>[] = [];
    for (const service of services)
      for (const version of ["1.300.0", "1.301.0"]) await postRelease(on, service, version);
    for (const [version, isKilled] of [
      ["1.300.0", false],
      ["1.301.0", true],
    ] as const) {
      const already = linesIn(on, "second-worker.log").length;
      const stop = on.field.startWorker();
      // It has written that it runs.
      while (linesIn(on, "second-worker.log").length === already) await pause(100);
      const since = Date.now();
      const before = { first: jobsIn(on, "worker.log"), second: jobsIn(on, "second-worker.log") };
      const begun = await Promise.all(places.map((place) => deploy(on, place, version)));
      if (isKilled) {
        while (jobsIn(on, "second-worker.log") - before.second < 5) await pause(50);
        stop();
      }
      const ended = await Promise.all(begun.map(({ id }) => untilDeployment(on, id, hasEnded)));
      const repeated = (await Promise.all(places.map((place) => repeatedEffects(on.field, place, since)))).flat();
      const succeeded = ended.filter(({ status }) => status === "succeeded").length;
      rows.push({
        "one of two is": isKilled ? "killed half way" : "left alone",
        deployments: ended.length,
        succeeded,
        "effects that happened twice": repeated.length,
        "jobs of the first": jobsIn(on, "worker.log") - before.first,
        "jobs of the second": jobsIn(on, "second-worker.log") - before.second,
        "all end, once": verdict(succeeded === ended.length && repeated.length === 0),
      });
      if (!isKilled) stop();
    }
    printTable("Two workers", rows);
  } finally {
    await on.close();
  }
}
