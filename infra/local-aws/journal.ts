import path from "node:path";
import { openAppendFile } from "./append-file.ts";
import type { Journal, JournalEntry } from "./contract.ts";

const KEPT = 5_000;

/**
 * The last 5,000 writes, kept over a restart, and the last 5,000 reads, in memory only: a portal that polls
 * must not push out what a test looks for, nor keep the disk busy.
 */
export function createJournal(folder: string, isWrite: (entry: JournalEntry) => boolean) {
  const { lines, file } = openAppendFile<JournalEntry>(path.join(folder, "journal.ndjson"), KEPT);
  const writes = lines.slice(-KEPT);
  const reads: JournalEntry[] = [];

  const journal: Journal = {
    write(entry) {
      const ring = isWrite(entry) ? writes : reads;
      ring.push(entry);
      // Trimming in bulk keeps the cost of an entry constant.
      if (ring.length > KEPT * 1.2) ring.splice(0, ring.length - KEPT);
      if (ring === writes) file.append(entry);
    },
    read({ service, action, since } = {}) {
      return [...writes.slice(-KEPT), ...reads.slice(-KEPT)]
        .filter((entry) => service === undefined || entry.service === service)
        .filter((entry) => action === undefined || entry.action === action)
        .filter((entry) => since === undefined || entry.at >= since)
        .sort((a, b) => a.at - b.at);
    },
  };
  return { journal, flush: () => file.flush() };
}
