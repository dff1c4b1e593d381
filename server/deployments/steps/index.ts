import type { StepName } from "../schema.ts";
import { finishStep } from "./finish.ts";
import { gatesStep } from "./gates.ts";
import { rollbackStep } from "./rollback.ts";
import { rolloutStep } from "./rollout.ts";
import type { StepRunner } from "./step.ts";
import { verifyStep } from "./verify.ts";

/** The steps of a deployment, in order; rollback only when something has to be undone. */
export const steps: Record<StepName, StepRunner> = {
  gates: gatesStep,
  rollout: rolloutStep,
  verify: verifyStep,
  finish: finishStep,
  rollback: rollbackStep,
};

/** Steps that every deployment is expected to go through. */
export const plannedSteps: readonly StepName[] = ["gates", "rollout", "verify", "finish"];
