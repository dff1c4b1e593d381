import { parseArgs } from "node:util";
import type { Config } from "#server/core/config.ts";
import { parseKeyring, type Keyring } from "#server/core/encryption.ts";
import { lackingKeys } from "./backup/lacking-keys.ts";
import { restoreBackup } from "./backup/restore-backup.ts";
import { runCommand } from "./process/run-command.ts";
import { runningDatabaseUrl } from "./start/running.ts";
import { knownSecret } from "./start/secrets.ts";
import { readSettings } from "./start/settings.ts";

const usage = `Usage: npm run restore -- FILE [--replace]
Restores a backup into the empty database of DATABASE_URL, else into the embedded one, all or nothing.
  --replace  deletes what is in the database first`;

/** The keys of here; none when there are none yet. */
function keyring(settings: Config): Keyring {
  const keys = knownSecret(settings, "ENCRYPTION_KEYS");
  return keys === undefined ? [] : parseKeyring(keys);
}

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { replace: { type: "boolean", default: false } },
  });
  const [file] = positionals;
  if (!file || positionals.length > 1) throw new Error(usage);
  const settings = readSettings();
  const { url, release } = await runningDatabaseUrl(settings);
  try {
    const { header, trailer, migrated } = await restoreBackup({ url, file, replace: values.replace });
    const rows = trailer.tables.reduce((sum, table) => sum + table.rows, 0);
    console.log(`${rows} rows of ${trailer.tables.length} tables are as they were on ${header.madeAt}.`);
    for (const name of migrated) console.log(`applied  ${name}`);
    const lacking = await lackingKeys(url, keyring(settings));
    if (lacking.length > 0) {
      console.log(
        `Some secrets in it are encrypted with ${lacking.join(", ")}, which ENCRYPTION_KEYS does not have: add the keys of then.`,
      );
    }
  } finally {
    await release();
  }
}

await runCommand(main, usage);
// Prisma's engine keeps a timer of ten seconds for the lock that it already gave back.
process.exit();
