import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { appendFile } from "node:fs/promises";
import path from "node:path";
import { log } from "./log.ts";

const FLUSH_AFTER_MS = 250;

export type AppendFile = { append(record: unknown): void; flush(): Promise<void>; remove(): void };

/**
 * JSON lines that survive a restart, bounded: after `linesPerSegment` lines the file becomes `<file>.1` and
 * replaces the one before, so that between one and two segments are kept.
 */
export function openAppendFile<T>(file: string, linesPerSegment: number): { lines: T[]; file: AppendFile } {
  mkdirSync(path.dirname(file), { recursive: true });
  const current = readLines<T>(file);
  const lines = [...readLines<T>(`${file}.1`), ...current];
  let written = current.length;
  let pending: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  let flushing = Promise.resolve();

  async function write(): Promise<void> {
    const batch = pending;
    pending = [];
    if (batch.length === 0) return;
    try {
      if (written >= linesPerSegment) {
        renameSync(file, `${file}.1`);
        written = 0;
      }
      written += batch.length;
      await appendFile(file, batch.join(""));
    } catch (error) {
      log.error("lines could not be appended", { file, lines: batch.length, error: String(error) });
    }
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    flushing = flushing.then(write);
    return flushing;
  }

  return {
    lines,
    file: {
      append(record) {
        pending.push(`${JSON.stringify(record)}\n`);
        timer ??= setTimeout(() => void flush(), FLUSH_AFTER_MS).unref();
      },
      flush,
      remove() {
        pending = [];
        void flush().then(() => [file, `${file}.1`].forEach((name) => rmSync(name, { force: true })));
      },
    },
  };
}

/** The last line may be cut off by a crash: what does not parse is skipped. */
function readLines<T>(file: string): T[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line) => {
      try {
        return line === "" ? [] : [JSON.parse(line) as T];
      } catch {
        return [];
      }
    });
}
