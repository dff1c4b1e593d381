import type { Container } from "@aws-sdk/client-ecs";
import { describe, expect, test } from "vitest";
import { toTask } from "./tasks.ts";

const definition = {
  family: "f",
  containerDefinitions: [
    { name: "app", image: "a", essential: true },
    { name: "proxy", image: "p" },
    { name: "init", image: "i", essential: false },
  ],
};

const cases: [string, Container[], string | null, number | null][] = [
  [
    "the one that crashed, not those killed after it",
    [
      { name: "proxy", exitCode: 143 },
      { name: "app", exitCode: 1 },
    ],
    "app",
    1,
  ],
  [
    "the one that ended by itself",
    [
      { name: "app", exitCode: 143 },
      { name: "proxy", exitCode: 0 },
    ],
    "proxy",
    0,
  ],
  [
    "the one out of memory, whatever the code",
    [
      { name: "app", exitCode: 1 },
      { name: "proxy", exitCode: 137, reason: "OutOfMemoryError: killed" },
    ],
    "proxy",
    137,
  ],
  [
    "never one that is not essential",
    [
      { name: "init", exitCode: 3 },
      { name: "app", exitCode: 0 },
    ],
    "app",
    0,
  ],
  [
    "the one that could not start",
    [{ name: "proxy" }, { name: "app", reason: "CannotPullContainerError" }],
    "app",
    null,
  ],
  ["none when there is none", [], null, null],
];

describe("which container a task's end is put down to", () => {
  test.each(cases)("%s", (_name, containers, name, exitCode) => {
    const task = toTask({ containers }, definition);
    expect([task.containerName, task.exitCode]).toEqual([name, exitCode]);
  });
});
