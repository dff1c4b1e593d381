import { parseArgs } from "node:util";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AppError } from "#server/core/errors.ts";
import { runCommand } from "./run-command.ts";

const said: string[] = [];

beforeEach(() => void vi.spyOn(console, "error").mockImplementation((line: string) => void said.push(line)));
afterEach(() => {
  vi.restoreAllMocks();
  said.length = 0;
  process.exitCode = undefined;
});

test("a command that works says nothing and leaves the exit code alone", async () => {
  await runCommand(async () => undefined, "Usage");
  expect([said, process.exitCode]).toEqual([[], undefined]);
});

test.each([
  ["an unknown option", () => void parseArgs({ args: ["--nonsense"], options: {} })],
  [
    "a value that is refused",
    () => {
      throw new AppError("invalid", "role: is no role");
    },
  ],
])("%s is told with the usage", async (_what, fail) => {
  await runCommand(async () => fail(), "Usage: this");
  expect(said.join()).toMatch(/(nonsense|is no role)[\s\S]*\n\nUsage: this$/);
  expect(process.exitCode).toBe(1);
});

test("anything else is its message alone", async () => {
  await runCommand(() => Promise.reject(new Error("The product does not run.")), "Usage: this");
  expect([said, process.exitCode]).toEqual([["The product does not run."], 1]);
});
