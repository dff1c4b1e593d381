import pino from "pino";
import { config } from "./config.ts";
import { loggedError } from "./log-error.ts";
import { secretFilter } from "./secrets.ts";
import { traceId } from "./trace.ts";

const secret = [
  "password",
  "token",
  "secret",
  "authorization",
  "cookie",
  "*.password",
  "*.token",
  "*.secret",
  "headers.authorization",
  "headers.cookie",
];

/** Our name of this process; `undefined` for a title that is the path or the name of Node. */
export function processName(title: string): string | undefined {
  // Next takes the title of the process that it serves from.
  if (title.startsWith("next-server")) return "quarterdeck-web";
  return title.startsWith("quarterdeck-") ? title : undefined;
}

/** JSON lines on stdout. ERROR means that a person must act. */
export const log = pino({
  level: config().LOG_LEVEL,
  base: null,
  // Asked for each line: whoever names the process imports this file first.
  mixin: () => ({ process: processName(process.title), traceId: traceId() }),
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  serializers: { err: (error: unknown) => loggedError(error) },
  // The last look at a line, whoever wrote it and whatever an error says.
  hooks: { streamWrite: secretFilter(config()) },
  redact: { paths: secret, censor: "[removed]" },
});

export type Log = pino.Logger;
