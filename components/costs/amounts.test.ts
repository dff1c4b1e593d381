import { expect, test } from "vitest";
import { count, dollars, percent } from "./amounts.ts";

test.each([
  [count(12345.6), "12,346"],
  [count(0.04), "0.04"],
  [count(0), "0"],
  [dollars(259.2), "$259.20"],
  [dollars(0.004), "under 1 ¢"],
  [dollars(0), "$0.00"],
  [percent(0.0004), "under 0.1 %"],
  [percent(0.0123), "1.2 %"],
  [percent(0.42), "42 %"],
  [percent(0), "0.0 %"],
])("%s", (shown, expected) => expect(shown).toBe(expected));
