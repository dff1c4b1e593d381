import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { open, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import pg from "pg";
import { BackupError } from "./format.ts";
import type { Header, Trailer } from "./format.ts";
import { backupText, beginSnapshot } from "./snapshot.ts";

export type Backup = { header: Header; trailer: Trailer; bytes: number };

/** Level 6 takes twice the time for a twentieth of the size. */
const GZIP_LEVEL = 3;

type Options = {
  url: string;
  file: string;
  /** Version of the product. */
  product: string;
  /** Migrations other than the product's, for tests. */
  folder?: string;
  signal?: AbortSignal;
};

/**
 * Writes a backup of the database to a file that only its owner can read. Until it is whole the file has another
 * name (FILE.partial-…), which is removed unless the process is killed. Throws when the file exists already.
 */
export async function makeBackup({ url, file, product, folder, signal }: Options): Promise<Backup> {
  if (existsSync(file)) throw new BackupError(`${file} exists already. Name another file, or delete it first.`);
  const partial = `${file}.partial-${randomBytes(4).toString("hex")}`;
  const client = new pg.Client({
    connectionString: url,
    application_name: "quarterdeck backup",
    connectionTimeoutMillis: 10_000,
  });
  client.on("error", () => {});
  await client.connect();
  // A pipeline that is aborted waits for its source, and the source for an answer that may never come.
  signal?.addEventListener("abort", () => void client.end().catch(() => {}), { once: true });
  try {
    // One that was aborted by now tells no listener.
    signal?.throwIfAborted();
    const header = await beginSnapshot(client, product, folder);
    const trailer = await writeWhole({ client, header, partial, ...(signal ? { signal } : {}) });
    await rename(partial, file);
    await syncFolder(path.dirname(file));
    return { header, trailer, bytes: (await stat(file)).size };
  } finally {
    await rm(partial, { force: true });
    await client.end().catch(() => {});
  }
}

async function writeWhole(options: {
  client: pg.Client;
  header: Header;
  partial: string;
  signal?: AbortSignal;
}): Promise<Trailer> {
  const { client, header, partial, signal } = options;
  const handle = await open(partial, "wx", 0o600);
  let trailer: Trailer | undefined;
  const text = async function* () {
    trailer = yield* backupText(client, header);
  };
  const sink = handle.createWriteStream({ flush: true });
  await pipeline(Readable.from(text()), createGzip({ level: GZIP_LEVEL }), sink, signal ? { signal } : {});
  if (!trailer) throw new Error("The backup ended without its trailer.");
  return trailer;
}

/** A rename lasts once its folder is on the disk. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
