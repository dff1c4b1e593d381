import { config } from "#server/core/config.ts";
import { AppError } from "#server/core/errors.ts";
import { seedDemo } from "./demo/demo.ts";
import { readSettings } from "./demo/settings.ts";
import { firstAdminSettings, seedFirstAdmin } from "./first-admin.ts";
import { Refusal } from "./refusal.ts";

/** `node prisma/seed/main.ts demo`: fills an empty installation. Each scenario may be run again after it was cut off. */
const scenarios: Record<string, () => Promise<void>> = {
  demo: () => seedDemo(readSettings(config())),
  admin: () => seedFirstAdmin(firstAdminSettings(config())),
};

const name = process.argv[2] ?? "";
const scenario = scenarios[name];
if (!scenario) {
  console.error(`Say which scenario: ${Object.keys(scenarios).join(", ")}.`);
  process.exit(1);
}
try {
  await scenario();
} catch (error) {
  const isPlain = error instanceof Refusal || error instanceof AppError;
  console.error(isPlain ? error.message : error);
  process.exitCode = 1;
}
