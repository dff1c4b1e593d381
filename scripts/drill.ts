import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { AppError } from "#server/core/errors.ts";
import { openField } from "./drill/field.ts";
import { randomFrom } from "./drill/random.ts";
import { header, row, summary, type Seen } from "./drill/report.ts";
import { places } from "./drill/place.ts";
import { runOnce } from "./drill/run.ts";
import { runCommand } from "./process/run-command.ts";
import { onStopRequest } from "./start/stop-requests.ts";
import { startProduct, SUPERVISOR } from "./test/product.ts";

const usage = `Usage: npm run drill -- [--runs N] [--seed N] [--scale N] [--keep]
Starts a product of its own, deploys at random, breaks something at random meanwhile, and checks what is left.
  --runs N    how many deployments (50)
  --seed N    the same number makes the same choices (random)
  --scale N   AWS time per real time (60)
  --keep      leaves the data folder for a look at the logs`;

function readOptions() {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    options: { runs: text, seed: text, scale: text, keep: { type: "boolean", default: false } },
  });
  const runs = Number(values.runs ?? 50);
  const seed = Number(values.seed ?? 1 + Math.floor(Math.random() * 1e6));
  const scale = Number(values.scale ?? 60);
  if (![runs, seed, scale].every((one) => Number.isInteger(one) && one > 0))
    throw new AppError("invalid", "runs, seed and scale are whole numbers above 0.");
  return { runs, seed, scale, isKept: values.keep };
}

async function main(): Promise<void> {
  const { runs, seed, scale, isKept } = readOptions();
  const dataDir = mkdtempSync(path.join(tmpdir(), "quarterdeck-drill-"));
  console.log(`seed ${seed}, data in ${dataDir}`);
  const product = await startProduct({ dataDir, command: SUPERVISOR, env: { LOCAL_AWS_TIME_SCALE: String(scale) } });
  let isStopped = false;
  onStopRequest(() => (isStopped = true));
  const seen: Seen[] = [];
  try {
    const field = await openField(product, dataDir);
    console.log(header());
    for (let number = 1; number <= runs && !isStopped; number += 1) {
      // Each run has dice of its own, so that one alone can be looked at again.
      const dice = randomFrom(seed * 10_000 + number);
      const one = await runOnce({ field, dice, number, place: dice.pick(places) });
      seen.push(one);
      console.log(row(one));
    }
    await field.close();
  } finally {
    await product.stop();
    if (!isKept) rmSync(dataDir, { recursive: true, force: true });
  }
  console.log(summary(seen, seed));
  if (seen.length === 0 || seen.some((one) => one.violations.length > 0)) process.exitCode = 1;
}

await runCommand(main, usage);
// Connections to the product that was stopped may still be open.
process.exit();
