import { expect, test } from "vitest";
import { parsePs, parseStat, parseStatus, readUsage } from "./readings.ts";

test("processor time of /proc, whatever the process is called", () => {
  const tail = "S 1 42 42 0 -1 4194304 100 0 0 0 150 50 0 0 20 0 11 0 100 1000000 2500 18446744073709551615";
  expect(parseStat(`42 (node) ${tail}`)).toBe(2);
  expect(parseStat(`42 (a ) (b) ${tail}`)).toBe(2);
});

test("resident memory of /proc, none for a zombie", () => {
  expect(parseStatus("Name:\tnode\nVmRSS:\t   51200 kB\nThreads:\t11\n")).toBe(51_200 * 1_024);
  expect(parseStatus("Name:\tnode\nState:\tZ (zombie)\n")).toBe(0);
});

test("ps of macOS and Linux", () => {
  const readings = parsePs("   42   0:01.50  51200\n  43 01:02:03 1024\n 44 1-00:00:01 2048\n");
  expect(readings.get(42)).toEqual({ cpuSeconds: 1.5, residentBytes: 51_200 * 1_024 });
  expect(readings.get(43)?.cpuSeconds).toBe(3_723);
  expect(readings.get(44)?.cpuSeconds).toBe(86_401);
});

test("our own process has used something, one that does not exist is left out", async () => {
  const readings = await readUsage([process.pid, 2 ** 30]);
  expect([...readings.keys()]).toEqual([process.pid]);
  expect(readings.get(process.pid)?.residentBytes).toBeGreaterThan(10_000_000);
  expect(readings.get(process.pid)?.cpuSeconds).toBeGreaterThan(0);
});
