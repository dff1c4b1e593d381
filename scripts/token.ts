import { parseArgs } from "node:util";
import { systemContext } from "#server/core/context.ts";
import { log } from "#server/core/log.ts";
import { mintToken } from "#server/teams/commands/mint-token.ts";
import { runCommand } from "./process/run-command.ts";
import { withRunningDb } from "./start/running.ts";
import { readSettings } from "./start/settings.ts";

const usage = `Usage: npm run --silent token -- --role viewer|developer|release_manager|admin [options]
Prints a new API token, and nothing else, to the standard output.
  --name TEXT         what lists show (command line)
  --days N            days until it expires, at most 365 (30)
  --owner EMAIL       acts for this person and never does more than they may; without it for the command line
  --service SLUG      only for this service
  --team SLUG         only for services of this team
  --environment SLUG  only in this environment`;

const text = { type: "string" } as const;

/** Makes one token in the database of DATABASE_URL, else in the embedded one. */
async function main(): Promise<void> {
  // Standard output is for the token.
  log.level = "silent";
  const { values } = parseArgs({
    options: { role: text, name: text, days: text, owner: text, service: text, team: text, environment: text },
  });
  // The command checks what was typed.
  const typed = { name: "command line", ...values } as Parameters<typeof mintToken>[1];
  const { secret } = await withRunningDb(readSettings(), (db) =>
    mintToken(systemContext(db, { kind: "system", id: "command-line" }), typed),
  );
  console.log(secret);
}

await runCommand(main, usage);
