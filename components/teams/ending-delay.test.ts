import { expect, test } from "vitest";
import { endingDelayMs } from "./ending-delay.ts";

test.each([
  ["ends in a minute", 60_000, 60_500],
  ["ended by a clock that is ahead: not at once, again and again", -5_000, 30_000],
  ["ends now", 0, 30_000],
  ["ends after what a timer can wait for", 2 ** 40, 2 ** 31 - 1],
])("a raised role that %s", (_, fromNow, delay) => {
  expect(endingDelayMs(1_000_000 + fromNow, 1_000_000)).toBe(delay);
});

test("a clock that is ahead asks every 30 s, and no longer than 30 s after the portal's end", () => {
  const [endsAt, ahead] = [1_000_000, 70_000];
  const asked: number[] = [];
  let clock = endsAt - 600_000;
  do {
    clock += endingDelayMs(endsAt, clock);
    asked.push(clock - endsAt);
  } while (clock - ahead < endsAt);
  expect(asked).toEqual([500, 30_500, 60_500, 90_500]);
});
