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
