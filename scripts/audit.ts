import { parseArgs } from "node:util";
import { verifyAudit, type Verification } from "#server/audit/verify.ts";
import type { Config } from "#server/core/config.ts";
import { log } from "#server/core/log.ts";
import { runCommand } from "./process/run-command.ts";
import { withRunningDb } from "./start/running.ts";
import { knownSecret } from "./start/secrets.ts";
import { readSettings } from "./start/settings.ts";

const usage = `Usage: npm run audit -- verify [--head COUNT:HASH]
Recomputes the chain over the audit log. --head compares it with a line "audit sealed" of the worker's log,
which shows also an end that was cut off. Exits with 1 when something was tampered with.`;

function keyOf(settings: Config): string {
  const key = knownSecret(settings, "AUDIT_KEY");
  if (!key) throw new Error("AUDIT_KEY is not set: it is the key that the worker seals with.");
  return key;
}

function parseHead(given: string | undefined): { count: bigint; hash: string } | undefined {
  if (given === undefined) return undefined;
  const match = /^(\d{1,18}):([0-9a-f]{64})$/.exec(given);
  if (!match) throw new Error("--head takes COUNT:HASH, as in the log.");
  return { count: BigInt(match[1] ?? ""), hash: match[2] ?? "" };
}

function report({ broken, sealed, hash, unsealed, backdated }: Verification): string[] {
  const whole = `The chain is whole: ${sealed} entries${hash ? `, the last hash is ${hash}` : ""}.`;
  const lines = [broken ? `BROKEN. ${broken.words} The ${sealed} entries before it are as they were sealed.` : whole];
  if (unsealed.count > 0) {
    lines.push(
      `${unsealed.count} entries are not sealed yet, the oldest of ${unsealed.oldest?.toISOString()}: nothing protects them so far.`,
    );
  }
  if (backdated.count > 0) {
    lines.push(
      `${backdated.count} entries are dated ten minutes or more before entries that were sealed earlier; the first is ${backdated.firstId}. Look at them.`,
    );
  }
  return lines;
}

async function main(): Promise<void> {
  log.level = "silent";
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { head: { type: "string" } } });
  if (positionals.join(" ") !== "verify") throw new Error(usage);
  const head = parseHead(values.head);
  const settings = readSettings();
  const key = keyOf(settings);
  const verification = await withRunningDb(settings, (db) => verifyAudit(db, key, head));
  for (const line of report(verification)) console.log(line);
  if (verification.broken) process.exitCode = 1;
}

await runCommand(main, usage);
