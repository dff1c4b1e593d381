import fc from "fast-check";
import { expect, test } from "vitest";
import { BackupReader } from "./backup-reader.ts";
import { copyLine, jsonLine, TABLE_END, type Header } from "./format.ts";

const header: Header = {
  "quarterdeck-backup": 1,
  product: "0.1.0",
  postgres: "18.4",
  madeAt: "2026-11-22T12:00:00.000Z",
  migrations: [{ name: "m", checksum: "c" }],
  tables: [{ name: "teams", columns: ["id"] }],
};
const trailer = { "quarterdeck-backup-end": 1 as const, tables: [], sequences: [] };

async function* pieces(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  for (let at = 0, index = 0; at < bytes.length; index++) {
    const size = sizes[index % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

/** COPY's text: backslash and line break are escaped, so that a row is a line. */
const asRow = (value: string) =>
  `${value.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("\t", "\\t")}\n`;

test("a table ends where it ends, wherever the pieces are cut", async () => {
  const row = fc.oneof(fc.string(), fc.constantFrom("", "\\.", "\n\\.\n", ".", "\\", "\\.\\."));
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { maxLength: 20 }),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
      async (rows, sizes) => {
        const [table] = header.tables;
        if (!table) throw new Error("The header has a table.");
        const body = rows.map(asRow).join("");
        const text = jsonLine(header) + copyLine(table) + body + TABLE_END + jsonLine(trailer);
        const reader = new BackupReader(pieces(Buffer.from(text), sizes));
        expect(await reader.header()).toEqual(header);
        const found: Buffer[] = [];
        for await (const piece of reader.table(table)) found.push(piece);
        expect(Buffer.concat(found).toString()).toBe(body);
        expect(await reader.trailer()).toEqual(trailer);
      },
    ),
  );
});
