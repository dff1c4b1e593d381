import { mkdirSync, readFileSync, renameSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Store } from "./contract.ts";
import { log } from "./log.ts";

const SAVE_AFTER_MS = 200;

type Document = { value: object; dirty: boolean; timer?: NodeJS.Timeout; saving: Promise<void> };

/** Documents as JSON files in `folder`; a crash loses at most the last fifth of a second. */
export function createStore(folder: string): Store {
  mkdirSync(folder, { recursive: true });
  const documents = new Map<string, Document>();
  const fileOf = (name: string) => path.join(folder, `${name}.json`);

  async function write(name: string, document: Document): Promise<void> {
    if (!document.dirty) return;
    document.dirty = false;
    const temporary = `${fileOf(name)}.new`;
    try {
      await writeFile(temporary, JSON.stringify(document.value));
      await rename(temporary, fileOf(name));
    } catch (error) {
      document.dirty = true;
      log.error("state could not be saved", { document: name, error: String(error) });
    }
  }

  function save(name: string, document: Document): Promise<void> {
    clearTimeout(document.timer);
    delete document.timer;
    document.saving = document.saving.then(() => write(name, document));
    return document.saving;
  }

  return {
    document<T extends object>(name: string, initial: () => T): T {
      const known = documents.get(name);
      // The name decides the shape: each document has exactly one reader and writer.
      if (known) return known.value as T;
      const value = read<T>(fileOf(name)) ?? initial();
      documents.set(name, { value, dirty: false, saving: Promise.resolve() });
      return value;
    },
    touch(name) {
      const document = documents.get(name);
      if (!document) throw new Error(`touch of unknown document ${name}`);
      document.dirty = true;
      document.timer ??= setTimeout(() => void save(name, document), SAVE_AFTER_MS).unref();
    },
    async flush() {
      await Promise.all([...documents].map(([name, document]) => save(name, document)));
    },
  };
}

/** A file that cannot be read is put aside, never overwritten: it may be the only copy of somebody's state. */
function read<T>(file: string): T | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
  try {
    return JSON.parse(text) as T;
  } catch {
    renameSync(file, `${file}.unreadable`);
    log.error("state file is not JSON; starting without it", { file });
    return undefined;
  }
}
