import { expect, test } from "vitest";
import type { StepDto, StepStatus } from "#server/deployments/schema.ts";
import { shownStep } from "./shown-step.ts";
import { stepNames } from "./step-names.ts";

const steps = (statuses: readonly StepStatus[]): { steps: StepDto[] } => ({
  steps: statuses.map((status, index) => ({
    name: stepNames[index] ?? "gates",
    status,
    reason: null,
    facts: [],
    rollout: null,
    startedAt: null,
    finishedAt: null,
  })),
});

test.each([
  ["what runs", steps(["done", "running", "waiting", "waiting"]), null, "rollout"],
  ["what failed", steps(["done", "done", "failed", "skipped"]), null, "verify"],
  ["the rollout of what succeeded", steps(["done", "done", "done", "done"]), null, "rollout"],
  ["the first of what waits", steps(["waiting", "waiting", "waiting", "waiting"]), null, "gates"],
  ["what was asked for", steps(["done", "running", "waiting", "waiting"]), "gates", "gates"],
  ["not what is not there", steps(["done", "running", "waiting", "waiting"]), "rollback", "rollout"],
] as const)("%s", (_, run, asked, shown) => {
  expect(shownStep(run, asked)?.name).toBe(shown);
});
