import path from "node:path";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { makeBackup } from "./backup/make-backup.ts";
import { runCommand } from "./process/run-command.ts";
import { runningDatabaseUrl } from "./start/running.ts";
import { readSettings, ROOT } from "./start/settings.ts";

const usage = `Usage: npm run backup -- FILE
Writes the database (DATABASE_URL, else the embedded one) to FILE, which must not exist. The product may run meanwhile.
Secrets (DATA_DIR/secrets.json) and the state of local AWS are not in it: see docs/runbooks/backup.md.`;

async function main(signal: AbortSignal): Promise<void> {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [file] = positionals;
  if (!file || positionals.length > 1) throw new Error(usage);
  const { version } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as { version: string };
  const { url, release } = await runningDatabaseUrl(readSettings());
  try {
    const { header, trailer, bytes } = await makeBackup({ url, file: path.resolve(file), product: version, signal });
    const rows = trailer.tables.reduce((sum, table) => sum + table.rows, 0);
    const size = bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
    console.log(
      `${rows} rows of ${trailer.tables.length} tables are in ${file} (${size}), at migration ${header.migrations.at(-1)?.name}.`,
    );
  } finally {
    await release();
  }
}

const stopping = new AbortController();
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(name, () => stopping.abort());
await runCommand(
  () =>
    main(stopping.signal).catch((error: unknown) => {
      throw stopping.signal.aborted ? new Error("Stopped. There is no backup.", { cause: error }) : error;
    }),
  usage,
);
