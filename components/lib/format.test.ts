import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  formatAbsolute,
  formatAge,
  formatCount,
  formatDuration,
  formatPlural,
  formatRelative,
  inZone,
  shortDigest,
} from "./format.ts";

const now = Date.UTC(2026, 10, 22, 15, 0, 0);
const minute = 60_000;

describe("age and direction", () => {
  test.each([
    [now - 2_000, "now", "just now"],
    [now - 12_000, "12 s", "12 s ago"],
    [now - 6 * minute, "6 min", "6 min ago"],
    [now - 26 * 60 * minute, "26 h", "26 h ago"],
    [now - 3 * 24 * 60 * minute, "3 d", "3 d ago"],
    [Date.UTC(2026, 0, 5), "5 Jan", "5 Jan"],
    [Date.UTC(2025, 0, 5), "5 Jan 2025", "5 Jan 2025"],
  ])("%i", (at, age, relative) => {
    expect(formatAge(at, now)).toBe(age);
    expect(formatRelative(at, now)).toBe(relative);
  });

  test("what lies ahead is said so", () => {
    expect(formatRelative(now + 2 * 60 * minute, now)).toBe("in 2 h");
  });

  test("a clock that runs ahead never gives a negative age", () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1e12 }), (ahead) => formatAge(now + ahead, now) === "now"));
  });
});

test("an absolute instant names its zone", () => {
  expect(formatAbsolute(now, "UTC")).toBe("Sun 22 Nov 2026, 15:00:00 UTC");
  expect(formatAbsolute(now, "Europe/Berlin")).toMatch(/^Sun 22 Nov 2026, 16:00:00 (CET|GMT\+1)$/);
});

test.each([
  [0, "0 ms"],
  [850, "850 ms"],
  [12_400, "12 s"],
  [102_000, "1 m 42 s"],
  [120_000, "2 m"],
  [2 * 3_600_000 + 5 * minute, "2 h 5 m"],
  [76 * 3_600_000, "3 d 4 h"],
])("duration of %i ms", (ms, text) => expect(formatDuration(ms)).toBe(text));

test("figures", () => {
  expect([412, 1412, 12_412, 999_499, 999_500, 3_100_000].map(formatCount)).toEqual([
    "412",
    "1,412",
    "12.4k",
    "999k",
    "1M",
    "3.1M",
  ]);
  expect(formatPlural(1, "task")).toBe("1 task");
  expect(formatPlural(2, "entry", "entries")).toBe("2 entries");
});

test("digests and commits are cut to what people recognise", () => {
  expect(shortDigest("sha256:0123456789abcdef")).toBe("0123456789ab");
  expect(shortDigest("7f3a2c19aa")).toBe("7f3a2c1");
});

test("a sentence of the API says its moment in the reader's zone, with the zone", () => {
  const said = "Everything in staging is locked by Ana until 2026-11-25 23:30 UTC: moving. Not 2026-11-25.";
  expect(inZone(said, "Europe/Berlin")).toBe(
    "Everything in staging is locked by Ana until 26 Nov 2026, 00:30 CET: moving. Not 2026-11-25.",
  );
  expect(inZone(said, "UTC")).toContain("until 25 Nov 2026, 23:30 UTC: moving.");
  expect(inZone("It has ended.", "Europe/Berlin")).toBe("It has ended.");
});
