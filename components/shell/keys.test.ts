import { expect, test } from "vitest";
import { areas } from "./areas.ts";
import { actOf } from "./keys.ts";

const press = (key: string, more: Partial<Parameters<typeof actOf>[0]> = {}) => ({
  key,
  isMeta: false,
  isAlt: false,
  isTyping: false,
  ...more,
});

test("every area has a key of its own", () => {
  expect(new Set(areas.map((area) => area.key)).size).toBe(areas.length);
  for (const area of areas) expect(actOf(press(area.key), true)).toEqual({ do: "go", href: area.href });
});

test("a letter alone goes nowhere", () => {
  expect(actOf(press("s"), false)).toEqual({ do: "nothing" });
});

test("j and k move along rows", () => {
  expect(actOf(press("j"), false)).toEqual({ do: "row", step: 1 });
  expect(actOf(press("k"), false)).toEqual({ do: "row", step: -1 });
});

test("typing is left alone, except for the palette", () => {
  expect(actOf(press("g", { isTyping: true }), false)).toEqual({ do: "nothing" });
  expect(actOf(press("/", { isTyping: true }), false)).toEqual({ do: "nothing" });
  expect(actOf(press("K", { isTyping: true, isMeta: true }), false)).toEqual({ do: "palette" });
});

test("the browser keeps its own combinations", () => {
  expect(actOf(press("g", { isMeta: true }), false)).toEqual({ do: "nothing" });
  expect(actOf(press("?", { isAlt: true }), false)).toEqual({ do: "nothing" });
});
