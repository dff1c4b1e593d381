type Fields = Record<string, unknown>;

function line(level: "info" | "warn" | "error", message: string, fields: Fields = {}): void {
  process.stdout.write(
    `${JSON.stringify({ time: new Date().toISOString(), level, name: "local-aws", message, ...fields })}\n`,
  );
}

/** JSON lines on stdout. ERROR means that a person should look. */
export const log = {
  info: (message: string, fields?: Fields) => line("info", message, fields),
  warn: (message: string, fields?: Fields) => line("warn", message, fields),
  error: (message: string, fields?: Fields) => line("error", message, fields),
};
