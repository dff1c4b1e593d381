import { appendFileSync, existsSync, openSync, readSync, closeSync, renameSync, statSync } from "node:fs";

const MAX_BYTES = 10 * 1024 * 1024;
const KEPT = 3;

/** A log that is set aside as .1, .2, … when it is full, so that it never fills the disk. */
export type LogFile = { path: string; write(text: Buffer | string): void };

/** Opens a log to append to, and sets a full one aside. */
export function openLog(path: string): LogFile {
  rotate(path);
  let size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const write = (text: Buffer | string) => {
    if (size > MAX_BYTES) {
      rotate(path);
      size = 0;
    }
    appendFileSync(path, text, { mode: 0o600 });
    size += Buffer.byteLength(text);
  };
  return { path, write };
}

/** Sets a full log aside; the oldest goes. */
export function rotate(path: string): void {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) <= MAX_BYTES) return;
  for (let i = KEPT; i >= 1; i--) {
    const from = i === 1 ? path : `${path}.${i - 1}`;
    if (existsSync(from)) renameSync(from, `${path}.${i}`);
  }
}

/** The last lines of a log, for the person who must know why something ended. */
export function lastLines(path: string, count = 15): string {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) return "";
  const buffer = Buffer.alloc(Math.min(size, 16_384));
  const file = openSync(path, "r");
  readSync(file, buffer, 0, buffer.length, size - buffer.length);
  closeSync(file);
  return buffer.toString("utf8").trimEnd().split("\n").slice(-count).join("\n");
}
