import { expect, test, vi } from "vitest";
import { makeHydration } from "./hydration.ts";

test("nothing waits when no part is open", () => {
  const act = vi.fn();
  makeHydration().after(act);
  expect(act).toHaveBeenCalledOnce();
});

test("what was read anew waits for the last part, and is told once", () => {
  const hydration = makeHydration();
  const [first, second] = [hydration.begin(), hydration.begin()];
  const act = vi.fn();
  hydration.after(act);
  first();
  first();
  expect(act).not.toHaveBeenCalled();
  second();
  expect(act).toHaveBeenCalledOnce();
  second();
  hydration.begin()();
  expect(act).toHaveBeenCalledOnce();
});

test("a part inside a part holds it as well", () => {
  const hydration = makeHydration();
  const outer = hydration.begin();
  const act = vi.fn();
  hydration.after(act);
  const inner = hydration.begin();
  outer();
  expect(act).not.toHaveBeenCalled();
  inner();
  expect(act).toHaveBeenCalledOnce();
});

test("who went away is not told", () => {
  const hydration = makeHydration();
  const part = hydration.begin();
  const act = vi.fn();
  hydration.after(act)();
  part();
  expect(act).not.toHaveBeenCalled();
});
