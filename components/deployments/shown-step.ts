import type { DeploymentTargetDto, StepDto, StepName } from "#server/deployments/schema.ts";

/** The step to show: the one asked for, else the one that runs or failed, else the rollout once it is done. */
export function shownStep(run: Pick<DeploymentTargetDto, "steps">, asked: StepName | null): StepDto | undefined {
  const { steps } = run;
  return (
    steps.find((step) => step.name === asked) ??
    steps.find((step) => step.status === "running") ??
    steps.find((step) => step.status === "failed") ??
    steps.find((step) => step.name === "rollout" && step.status === "done") ??
    steps[0]
  );
}
