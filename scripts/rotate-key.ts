import { parseArgs } from "node:util";
import { log } from "#server/core/log.ts";
import { newEncryptionKey, parseKeyring } from "#server/core/encryption.ts";
import { rotateEncryption } from "#server/db/rotate-encryption.ts";
import type { Config } from "#server/core/config.ts";
import { runCommand } from "./process/run-command.ts";
import { withRunningDb } from "./start/running.ts";
import { keepSecrets, knownSecret } from "./start/secrets.ts";
import { readSettings } from "./start/settings.ts";

const usage = `Usage: npm run rotate-key [-- --new]
Encrypts with the first of ENCRYPTION_KEYS whatever another of them encrypts. May be cut off and repeated.
  --new  makes a new first key: kept in DATA_DIR/secrets.json, or printed when ENCRYPTION_KEYS is set elsewhere.
         Then restart every process, and run this again without --new.`;

function keysOf(settings: Config): string {
  const known = knownSecret(settings, "ENCRYPTION_KEYS");
  // One that is made now would open nothing.
  if (!known) throw new Error("ENCRYPTION_KEYS is not set: it is what the portal encrypts with.");
  return known;
}

function addKey(settings: Config): string[] {
  const keys = `${newEncryptionKey()},${keysOf(settings)}`;
  const [added] = parseKeyring(keys);
  if (settings.ENCRYPTION_KEYS)
    return [`ENCRYPTION_KEYS=${keys}`, `The first key, ${added?.id}, is new. Set this for every process.`];
  keepSecrets(settings, { ENCRYPTION_KEYS: keys });
  return [
    `The key ${added?.id} is now the first of DATA_DIR/secrets.json. Restart the portal, then run this without --new.`,
  ];
}

async function rotate(settings: Config): Promise<string[]> {
  const keyring = parseKeyring(keysOf(settings));
  const { rotated, current, failed } = await withRunningDb(settings, (db) => rotateEncryption(db, keyring));
  if (failed.length > 0) process.exitCode = 1;
  const retired = keyring.slice(1).map((one) => one.id);
  const areNeededNoMore = failed.length === 0 && retired.length > 0;
  return [
    `${rotated} values were encrypted anew; ${current} are encrypted with the first key, ${keyring[0]?.id}.`,
    ...failed.map(({ why }) => `NOT ROTATED. ${why}`),
    ...(areNeededNoMore ? [`The keys after it (${retired.join(", ")}) are needed no more.`] : []),
  ];
}

async function main(): Promise<void> {
  log.level = "silent";
  const { values } = parseArgs({ options: { new: { type: "boolean", default: false } } });
  const settings = readSettings();
  for (const line of values.new ? addKey(settings) : await rotate(settings)) console.log(line);
}

await runCommand(main, usage);
