import { expect, test } from "vitest";
import { choices, judgementOf, verdictOf, type Judgement } from "./judgement.ts";

test.each<Judgement>(["good", "bad", "held"])("%s is sent and read as the same", (judgement) => {
  expect(judgementOf(verdictOf(judgement))).toBe(judgement);
});

test("nothing is known until somebody says it", () => expect(judgementOf(undefined)).toBeUndefined());

test("calling a held release anything else lifts the hold, and the verb says so", () => {
  expect(choices("held").bad.action).toBe("Lift hold");
  expect(choices("held").good.action).toBe("Lift hold and mark good");
  expect(choices("good").bad.action).toBe("Mark bad");
});
