import { renameSync, writeFileSync } from "node:fs";

/**
 * Writes a file that only its owner can read, in one step: whoever reads it finds the old text or the new one, also when
 * this process is killed half way or the power fails.
 */
export function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}
