import { parseArgs } from "node:util";
import { config } from "#server/core/config.ts";
import { AppError } from "#server/core/errors.ts";
import { runningDatabaseUrl } from "../../scripts/start/running.ts";
import { readSettings } from "../../scripts/start/settings.ts";
import { seedDemo } from "./demo/demo.ts";
import { readSettings as readDemoSettings } from "./demo/settings.ts";
import { firstAdminSettings, seedFirstAdmin } from "./first-admin.ts";
import { seedLoad } from "./load/load.ts";
import { sizeOf, type LoadOptions } from "./load/settings.ts";
import { Refusal } from "./refusal.ts";

/**
 * `npm run seed -- demo` fills an empty installation, `admin` makes its first administrator; both may be run again
 * after they were cut off. `load` is for an installation to measure on.
 */
const scenarios: Record<string, (options: LoadOptions) => Promise<void>> = {
  demo: () => seedDemo(readDemoSettings(config())),
  admin: () => seedFirstAdmin(firstAdminSettings(config())),
  load,
};

/** Into the database of DATABASE_URL, else into the embedded one of DATA_DIR. */
async function load(options: LoadOptions): Promise<void> {
  const size = sizeOf(options);
  const settings = readSettings();
  const { url, release } = await runningDatabaseUrl(settings);
  try {
    await seedLoad({
      databaseUrl: url,
      password: settings.LOCAL_PASSWORD,
      into: options.into,
      size,
      tell: console.log,
    });
  } finally {
    await release();
  }
}

const text = { type: "string" } as const;

async function main(): Promise<void> {
  const options = { into: text, services: text, deployments: text, days: text };
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const name = positionals[0] ?? "";
  const scenario = Object.hasOwn(scenarios, name) ? scenarios[name] : undefined;
  if (!scenario) throw new Refusal(`Say which scenario: ${Object.keys(scenarios).join(", ")}.`);
  await scenario(values);
}

try {
  await main();
} catch (error) {
  const isPlain =
    error instanceof Refusal ||
    error instanceof AppError ||
    (error as { code?: string }).code?.startsWith("ERR_PARSE_ARGS");
  console.error(isPlain ? (error as Error).message : error);
  process.exitCode = 1;
}
