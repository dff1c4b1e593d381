import { createHash } from "node:crypto";
import { Transform } from "node:stream";
import type pg from "pg";
import { to } from "pg-copy-streams";
import { copyOut } from "./format.ts";
import type { TableInHeader, TableInTrailer } from "./format.ts";

/** The rows of a table as COPY writes them, in pieces. Returns how many there were and their sum. */
export async function* tableText(client: pg.Client, table: TableInHeader): AsyncGenerator<Buffer, TableInTrailer> {
  const stream = client.query(to(copyOut(table)));
  const sum = summing();
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    sum.add(chunk);
    yield chunk;
  }
  // The number of rows comes behind the rows, so it is there once another answer is.
  await client.query("SELECT 1");
  return { name: table.name, rows: stream.rowCount, ...sum.result() };
}

/** The sum of a table as it is in the database now. */
export async function sumOfTable(client: pg.Client, table: TableInHeader): Promise<TableInTrailer> {
  const text = tableText(client, table);
  for (;;) {
    const next = await text.next();
    if (next.done) return next.value;
  }
}

function summing() {
  const hash = createHash("sha256");
  let bytes = 0;
  const add = (chunk: Buffer) => {
    hash.update(chunk);
    bytes += chunk.length;
  };
  return { add, result: () => ({ bytes, sha256: hash.digest("hex") }) };
}

/** Passes on what goes through it and sums it. */
export function summed(): { through: Transform; result(): Pick<TableInTrailer, "bytes" | "sha256"> } {
  const sum = summing();
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sum.add(chunk);
      done(null, chunk);
    },
  });
  return { through, result: sum.result };
}
