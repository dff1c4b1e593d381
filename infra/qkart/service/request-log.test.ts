import { expect, test } from "vitest";
import { createRequestLog, type RequestLine } from "./request-log.ts";

const good: RequestLine = { requestId: "r", method: "GET", route: "/", status: 200, durationMs: 3 };

function recorder() {
  const lines: { level: string; msg: string; unwritten?: unknown }[] = [];
  let time = 0;
  const write = createRequestLog(
    (level, msg, fields) => void lines.push({ level, msg, ...fields }),
    () => time,
  );
  return { lines, write, advance: (ms: number) => (time += ms) };
}

test("good requests give one line per five seconds, which counts the unwritten ones", () => {
  const { lines, write, advance } = recorder();
  for (let request = 0; request < 1_000; request += 1) {
    write(good);
    advance(10);
  }
  expect(lines.map(({ unwritten }) => unwritten)).toEqual([0, 499]);
});

test("every request that failed is written, with its error", () => {
  const { lines, write } = recorder();
  for (let request = 0; request < 50; request += 1) write({ ...good, status: 500 }, { error: "boom" });
  expect(lines).toHaveLength(50);
  expect(lines[0]).toMatchObject({ level: "error", status: 500, error: "boom" });
});

test("slow requests have lines of their own, five per window", () => {
  const { lines, write } = recorder();
  for (let request = 0; request < 50; request += 1) write({ ...good, durationMs: 2_000 });
  expect(lines.filter(({ msg }) => msg === "slow request")).toHaveLength(5);
});
