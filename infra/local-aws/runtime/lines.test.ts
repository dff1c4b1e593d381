import { PassThrough } from "node:stream";
import { once } from "node:events";
import fc from "fast-check";
import { expect, test } from "vitest";
import { onLines } from "./lines.ts";

async function read(chunks: Buffer[]): Promise<string[]> {
  const stream = new PassThrough();
  const lines: string[] = [];
  onLines(stream, (line) => lines.push(line));
  for (const chunk of chunks) stream.write(chunk);
  stream.end();
  await once(stream, "end");
  return lines;
}

test("lines survive any way of cutting the stream, within characters too", async () => {
  const line = fc.string({ unit: "grapheme" }).filter((text) => !/[\r\n]/.test(text));
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1 }), fc.integer({ min: 1, max: 7 }), async (lines, size) => {
      const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(""));
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
        bytes.subarray(index * size, (index + 1) * size),
      );
      expect(await read(chunks)).toEqual(lines);
    }),
    { numRuns: 50 },
  );
});

test("an endless line is cut where CloudWatch Logs would refuse it", async () => {
  const lines = await read([Buffer.alloc(300 * 1024, "x")]);
  expect(lines.map(({ length }) => length)).toEqual([262_118, 45_082]);
});
