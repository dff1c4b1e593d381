import type { Config } from "#server/core/config.ts";
import { localAws, shoppers, web, worker, type Program } from "../../scripts/start/programs.ts";
import type { Secrets } from "../../scripts/start/secrets.ts";

export type Context = { settings: Config; secrets: Secrets; databaseUrl: string };

/** How a container tells that it is well: by an answer, by a process that still turns, or by its end. */
export type Health = "http" | "alive" | "ends";

/** What the image can be told to be. */
export type Command = {
  /** For the list of commands. */
  does: string;
  health: Health;
  /** Secrets that it cannot do without. */
  needs: readonly (keyof Secrets | "DATABASE_URL")[];
  /** The same program with the same environment as npm start gives it; `args` is what was typed behind the command. */
  program(
    context: Context,
    args: readonly string[],
  ): Pick<Program, "args" | "patienceMs"> & { env?: Program["env"]; url?: string };
};

const keys = ["AUTH_SECRET", "AUDIT_KEY", "ENCRYPTION_KEYS"] as const;

/** A program that comes to its end; the environment is that of the portal's own processes. */
const once = (
  does: string,
  file: string,
  needs: Command["needs"] = ["DATABASE_URL"],
  first: readonly string[] = [],
): Command => ({
  does,
  health: "ends",
  needs,
  program: (context, args) => ({ args: [file, ...first, ...args], env: worker(context).env, patienceMs: 0 }),
});

const lasting = (
  does: string,
  health: Health,
  make: (context: Context) => Program,
  needs: Command["needs"],
): Command => ({
  does,
  health,
  needs,
  program: (context) => {
    const { args, env, patienceMs, health: url } = make(context);
    return { args, env, patienceMs, ...(url ? { url } : {}) };
  },
});

export const commands: Readonly<Record<string, Command>> = {
  web: lasting("the console and the API, on PORT", "http", web, ["DATABASE_URL", ...keys]),
  worker: lasting("carries out deployments and watches", "alive", worker, ["DATABASE_URL", ...keys]),
  "local-aws": lasting("AWS on this machine, for trying out", "http", localAws, []),
  shoppers: lasting("visitors of the demo shop", "alive", shoppers, []),
  migrate: once("brings the database to this version, then ends", "scripts/migrate.ts", ["DATABASE_URL"], ["up"]),
  seed: once("demo, or admin for the first administrator", "prisma/seed/main.ts", [
    "DATABASE_URL",
    "LOCAL_PASSWORD",
    ...keys,
  ]),
  token: once("mints an API token", "scripts/token.ts"),
  audit: once("verify: recomputes the audit chain", "scripts/audit.ts", ["DATABASE_URL", "AUDIT_KEY"]),
  backup: once("FILE: writes the database to a mounted file", "scripts/backup.ts"),
  restore: once("FILE: brings it back", "scripts/restore.ts", ["DATABASE_URL", "ENCRYPTION_KEYS"]),
  doctor: once("--environment NAME: checks its accounts by reads alone", "scripts/doctor.ts", [
    "DATABASE_URL",
    "ENCRYPTION_KEYS",
  ]),
  "rotate-key": once("encrypts with the first of ENCRYPTION_KEYS", "scripts/rotate-key.ts", [
    "DATABASE_URL",
    "ENCRYPTION_KEYS",
  ]),
};

/** Commands that will be there, and what to say of them until then. */
export const planned: Readonly<Record<string, string>> = {
  edge: "The flag edge does not exist yet: this version has no feature flags.",
};
