import type { Identity } from "./identity.ts";

export type Level = "info" | "warn" | "error";
export type Fields = Record<string, unknown>;
export type Log = {
  (level: Level, msg: string, fields?: Fields): void;
};

const severity = { debug: 0, info: 1, warn: 2, error: 3 } as const;

type LogOptions = {
  write?: (line: string) => void;
  /** What is less severe is not written. */
  level?: keyof typeof severity;
};

/** Writes one JSON object per line to stdout, stamped with who wrote it. */
export function createLog(
  identity: Identity,
  { write = (line) => process.stdout.write(line), level: least = "info" }: LogOptions = {},
): Log {
  const { service, version, task } = identity;
  return (level, msg, fields = {}) => {
    if (severity[level] < severity[least]) return;
    write(`${JSON.stringify({ time: new Date().toISOString(), level, msg, service, version, task, ...fields })}\n`);
  };
}

/** The fields that describe an error: its message, stack and cause. */
export function errorFields(error: unknown): Fields {
  if (!(error instanceof Error)) return { error: String(error) };
  const cause =
    error.cause === undefined
      ? {}
      : { cause: error.cause instanceof Error ? String(error.cause) : JSON.stringify(error.cause) };
  return { error: error.message || error.name, stack: error.stack, ...cause };
}
