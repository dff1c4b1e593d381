import { existsSync } from "node:fs";
import path from "node:path";
import { parseConfig } from "#server/core/config.ts";
import type { Config } from "#server/core/config.ts";

/** The folder of the product's sources. */
export const ROOT = path.resolve(import.meta.dirname, "../..");

/** Settings from the environment and, for what it does not say, from the file .env. Throws one line per bad value. */
export function readSettings(): Config {
  const file = path.join(ROOT, ".env");
  if (existsSync(file)) process.loadEnvFile(file);
  const settings = parseConfig(process.env);
  return { ...settings, DATA_DIR: path.resolve(ROOT, settings.DATA_DIR) };
}
