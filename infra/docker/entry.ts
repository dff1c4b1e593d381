import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseConfig, type Config } from "#server/core/config.ts";
import type { Secrets } from "../../scripts/start/secrets.ts";
import { commands, planned, type Command } from "./commands.ts";
import { writeHealthNote } from "./health-file.ts";

/** How often the health check's note is written anew, milliseconds. */
const BEAT_MS = 5_000;
const USAGE = 64;

/** The image's entry: becomes the program that its command names. The program runs in this process and gets its signals. */
async function main([name = "web", ...args]: string[]): Promise<void> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  const later = Object.hasOwn(planned, name) ? planned[name] : undefined;
  if (!command) return refuse(later ?? `There is no command ${name}. ${list()}`, USAGE);
  const settings = parseConfig(process.env);
  const lacking = command.needs.filter((setting) => !settings[setting]);
  if (lacking.length > 0) return refuse(`${name} needs ${lacking.join(", ")} in its environment.`, 1);

  const { databaseUrl, secrets } = { databaseUrl: settings.DATABASE_URL ?? "", secrets: given(settings) };
  const program = command.program({ settings, secrets, databaseUrl }, args);
  adopt(program.env ?? {});
  watchSignals(program.patienceMs);
  keepNote(command, program.url);
  const [file = "", ...rest] = program.args;
  const full = path.resolve(import.meta.dirname, "../..", file);
  process.argv = [process.execPath, full, ...rest];
  await import(pathToFileURL(full).href);
}

function given({ AUTH_SECRET = "", AUDIT_KEY = "", ENCRYPTION_KEYS = "", LOCAL_PASSWORD = "" }: Config): Secrets {
  return { AUTH_SECRET, AUDIT_KEY, ENCRYPTION_KEYS, LOCAL_PASSWORD };
}

/** What the program must not see is undefined there. An empty secret is none. */
function adopt(env: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || value === "") delete process.env[name];
    else process.env[name] = value;
  }
}

/**
 * The kernel keeps from the first process of a container what it has no handler for. Programs that end by themselves
 * are given their time, the others none: their work is a transaction or can be repeated.
 */
function watchSignals(patienceMs: number): void {
  for (const [signal, code] of [
    ["SIGTERM", 143],
    ["SIGINT", 130],
  ] as const) {
    process.once(signal, () => {
      setTimeout(() => process.exit(patienceMs > 0 ? 0 : code), patienceMs).unref();
    });
  }
}

function keepNote({ health }: Command, url: string | undefined): void {
  const write = () => {
    try {
      writeHealthNote({ health, at: Date.now(), ...(url ? { url } : {}) });
    } catch (error) {
      refuse(
        `The folder for temporary files cannot be written (${(error as Error).message}): mount a tmpfs at /tmp.`,
        1,
      );
    }
  };
  write();
  setInterval(write, BEAT_MS).unref();
}

function list(): string {
  return ["These are:", ...Object.entries(commands).map(([name, { does }]) => `  ${name.padEnd(11)} ${does}`)].join(
    "\n",
  );
}

function refuse(message: string, code: number): void {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  refuse((error as Error).message, 1);
}
