import { expect, test, vi } from "vitest";
import { oncePerProcess } from "./once-per-process.ts";

test("something is made once, whoever asks, and under its own name", () => {
  const create = vi.fn(() => ({ made: true }));
  const first = oncePerProcess("test one", create);
  expect(oncePerProcess("test one", create)).toBe(first);
  expect(create).toHaveBeenCalledTimes(1);
  expect(oncePerProcess("test two", create)).not.toBe(first);
});

test("another copy of the module finds what the first one made", async () => {
  const first = oncePerProcess("test three", () => ({}));
  vi.resetModules();
  const copy = await import("./once-per-process.ts");
  expect(copy.oncePerProcess).not.toBe(oncePerProcess);
  expect(copy.oncePerProcess("test three", () => ({}))).toBe(first);
});

test("what could not be made is tried again", () => {
  const fail = () => {
    throw new Error("not yet");
  };
  expect(() => oncePerProcess("test four", fail)).toThrow("not yet");
  expect(oncePerProcess("test four", () => 4)).toBe(4);
});
