import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";

test("whoever reads finds a whole text, also after whoever writes was killed", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "quarterdeck-whole-"));
  const file = path.join(folder, "text.json");
  const program = `import { writeWhole } from ${JSON.stringify(path.join(import.meta.dirname, "write-whole.ts"))};
    const texts = ["x", "yy"].map((piece) => JSON.stringify(piece.repeat(1_000_000)));
    for (let count = 0; ; count += 1) {
      writeWhole(${JSON.stringify(file)}, texts[count % 2]);
      if (count === 0) console.log("written");
    }`;
  const writer = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(writer.stdout, "data");
  const lengths = new Set<number>();
  const read = () => lengths.add((JSON.parse(readFileSync(file, "utf8")) as string).length);
  for (let reads = 0; reads < 50; reads += 1) read();
  const ended = once(writer, "exit");
  writer.kill("SIGKILL");
  await ended;
  read();
  expect([1_000_000, 2_000_000]).toEqual(expect.arrayContaining([...lengths]));
  expect(statSync(file).mode & 0o777).toBe(0o600);
  rmSync(folder, { recursive: true });
});
