import pino from "pino";
import { log } from "../core/log.ts";

/** A secret as it may turn up: as it is, in base64, in a URL, escaped. Parts of base64 count at any of its three offsets. */
function writings(secret: string): string[] {
  const base64 = [0, 1, 2].map((offset) => {
    const text = Buffer.from("x".repeat(offset) + secret).toString("base64");
    // Ends mix with their neighbours: only what the secret alone decides is looked for.
    return text.slice(offset === 0 ? 0 : 4, -4);
  });
  const url = base64.map((text) => text.replaceAll("+", "-").replaceAll("/", "_"));
  const hex = Buffer.from(secret).toString("hex");
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), hex, ...base64, ...url].filter(
    (text) => text.length >= 8,
  );
}

/** Gathers everything that is written and told, and says which secrets are in it. */
export function leakCollector() {
  const told: { where: string; text: string }[] = [];
  const secrets = new Map<string, string>();
  return {
    /** From now on this must not be found. */
    secret(name: string, value: string): string {
      secrets.set(name, value);
      return value;
    },
    told: (where: string, text: string) => void told.push({ where, text }),
    /** Logs at the finest level, into here. Returns what puts it back. */
    captureLog(): () => void {
      const holder = log as unknown as Record<symbol, { write(line: string): void }>;
      const [stream, level] = [holder[pino.symbols.streamSym], log.level];
      holder[pino.symbols.streamSym] = { write: (line) => void told.push({ where: "log", text: line }) };
      log.level = "trace";
      return () => {
        if (stream) holder[pino.symbols.streamSym] = stream;
        log.level = level;
      };
    },
    linesOf: (where: string) => told.filter((one) => one.where === where).map(({ text }) => text),
    leaks: () =>
      [...secrets].flatMap(([name, value]) =>
        told
          .filter(({ text }) => writings(value).some((one) => text.includes(one)))
          .map(({ where, text }) => `${name} in ${where}: ${text.slice(0, 500)}`),
      ),
  };
}
