import fc from "fast-check";
import { expect, test } from "vitest";
import { faultOf, runningFaults, startFailure } from "./faults.ts";
import { imagesFile } from "./testing/program.ts";

const now = () => 0;

test("the suffix of a version names its fault", () => {
  expect(faultOf("1.1.0")).toBeUndefined();
  expect(faultOf("1.1.0-crash")).toBe("crash");
  expect(faultOf("2026.11-rc1-slow")).toBe("slow");
  expect(faultOf("1.1.0-crash-fixed")).toBeUndefined();
});

test("only crash and oom fail at the start", () => {
  const codes = ["crash", "oom", "unhealthy", "missing", "errors", "slow", "flaky"] as const;
  expect(codes.map((fault) => startFailure(fault, "1.0.0")?.exitCode)).toEqual([
    1,
    137,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test("any run of five requests to an -errors version has exactly one failure", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 40 }), async (before) => {
      const faults = runningFaults({ version: "1.1.0-errors", timeScale: 1, now });
      const fails = async () =>
        faults.beforeRequest().then(
          () => 0,
          () => 1,
        );
      for (let count = 0; count < before; count += 1) await fails();
      let failures = 0;
      for (let count = 0; count < 5; count += 1) failures += await fails();
      expect(failures).toBe(1);
    }),
  );
});

test("a -flaky version is healthy for 20 s of AWS time, counted from its first healthy answer", () => {
  let time = 1_000_000;
  const faults = runningFaults({ version: "1.1.0-flaky", timeScale: 10, now: () => time });
  for (let answers = 0; answers < 5; answers += 1) expect(faults.healthy()).toBe(true);
  time += 1_999;
  expect(faults.healthy()).toBe(true);
  time += 1;
  expect(faults.healthy()).toBe(false);
});

test("a -flaky version that is asked seldom is healthy five times before it is not", () => {
  let time = 1_000_000;
  const faults = runningFaults({ version: "1.1.0-flaky", timeScale: 10, now: () => time });
  const answers = Array.from({ length: 7 }, () => {
    time += 60_000;
    return faults.healthy();
  });
  expect(answers).toEqual([true, true, true, true, true, false, false]);
});

test("a -flaky version that nobody has asked stays healthy", () => {
  let time = 0;
  const faults = runningFaults({ version: "1.1.0-flaky", timeScale: 60, now: () => time });
  time += 3_600_000;
  expect(faults.healthy()).toBe(true);
});

test("the registry has both services in 1.0.0 and 1.1.0, any 1.x.y and any version with a fault's suffix", () => {
  for (const repository of Object.values(imagesFile.repositories)) {
    expect(repository.tags).toEqual(["1.0.0", "1.1.0"]);
    const pattern = new RegExp(repository.pattern);
    for (const tag of ["1.2.3", "1.10.0", "1.2.0-crash", "2.0.0-missing", "sha-7f3a2c1-flaky"])
      expect(pattern.test(tag), tag).toBe(true);
    for (const tag of ["2.0.0", "latest", "1.2", "1.2.3-", "1.2.3-crash-2", "-crash", "x/../y-crash"])
      expect(pattern.test(tag), tag).toBe(false);
  }
});
