import { expect, test } from "vitest";
import { takeStream } from "./open-streams.ts";

test("each person has so many streams and no more, whoever else has how many", () => {
  const open = new Map<string, number>();
  const [first, second] = [takeStream("user:a", 2, open), takeStream("user:a", 2, open)];
  expect(takeStream("user:a", 2, open)).toBeUndefined();
  expect(takeStream("user:b", 2, open)).toBeDefined();
  first?.();
  first?.();
  expect(takeStream("user:a", 2, open)).toBeDefined();
  expect(takeStream("user:a", 2, open)).toBeUndefined();
  second?.();
  expect(open).toEqual(
    new Map([
      ["user:a", 1],
      ["user:b", 1],
    ]),
  );
});

test("no limit is no limit, and what has ended is not remembered", () => {
  const open = new Map<string, number>();
  const ends = Array.from({ length: 100 }, () => takeStream("user:a", 0, open));
  expect(ends).not.toContain(undefined);
  for (const end of ends) end?.();
  expect(open.size).toBe(0);
});
