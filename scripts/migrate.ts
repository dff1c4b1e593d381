import { migrateDown, migrateUp, migrationStatus } from "#server/db/migrate.ts";
import { runCommand } from "./process/run-command.ts";
import { runningDatabaseUrl } from "./start/running.ts";
import { readSettings } from "./start/settings.ts";

/** npm run migrate -- status|up|down: the database of DATABASE_URL, else the embedded one. */
const COMMANDS: Record<string, (url: string) => Promise<string[]>> = {
  status: async (url) => {
    const states = await migrationStatus(url);
    return states.length === 0
      ? ["There are no migrations."]
      : states.map(({ name, state }) => `${state.padEnd(8)} ${name}`);
  },
  up: async (url) => {
    const applied = await migrateUp(url);
    return applied.length === 0 ? ["Up to date."] : applied.map((name) => `applied  ${name}`);
  },
  down: async (url) => {
    const undone = await migrateDown(url);
    return [undone === undefined ? "Nothing to undo." : `undone   ${undone}`];
  },
};

const usage = "Usage: npm run migrate -- status|up|down";

async function main(): Promise<void> {
  const name = process.argv[2] ?? "";
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new Error(usage);
  const { url, release } = await runningDatabaseUrl(readSettings());
  try {
    for (const line of await command(url)) console.log(line);
  } finally {
    await release();
  }
}

await runCommand(main, usage);
// Prisma's engine keeps a timer of ten seconds for the lock that it already gave back.
process.exit();
