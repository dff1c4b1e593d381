import { expect, test } from "vitest";
import { randomFrom } from "./random.ts";

test("the same seed makes the same choices, another one others", () => {
  const thousand = (seed: number) => {
    const dice = randomFrom(seed);
    return Array.from({ length: 1_000 }, () => dice.between(1, 6));
  };
  expect(thousand(7)).toEqual(thousand(7));
  expect(thousand(7)).not.toEqual(thousand(8));
  for (const side of [1, 2, 3, 4, 5, 6]) expect(thousand(7).filter((one) => one === side).length).toBeGreaterThan(100);
});

test("what weighs more comes more often", () => {
  const dice = randomFrom(1);
  const all = Array.from({ length: 1_000 }, () =>
    dice.weighted([
      [9, "often"],
      [1, "seldom"],
    ]),
  );
  expect(all.filter((one) => one === "often").length).toBeGreaterThan(800);
  expect(all).toContain("seldom");
});
