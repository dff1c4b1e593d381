import { State, type StateProps } from "#components/ui/state.tsx";
import type { StateKind } from "#components/ui/state-mark.tsx";
import type { DeploymentStatus, StepName, StepStatus } from "#server/deployments/schema.ts";

const looks = {
  queued: { kind: "waiting", word: "queued" },
  running: { kind: "moving", word: "running" },
  paused: { kind: "waiting", word: "paused" },
  rolling_back: { kind: "moving", word: "rolling back" },
  succeeded: { kind: "ok", word: "succeeded" },
  failed: { kind: "failed", word: "failed" },
  rolled_back: { kind: "degraded", word: "rolled back" },
  rollback_failed: { kind: "failed", word: "rollback failed" },
  cancelled: { kind: "unknown", word: "cancelled" },
  superseded: { kind: "unknown", word: "superseded" },
} as const satisfies Record<DeploymentStatus, { kind: StateKind; word: string }>;

const doing: Record<StepName, string> = {
  gates: "checking gates",
  rollout: "rolling out",
  verify: "verifying",
  finish: "finishing",
  rollback: "rolling back",
};

const stepLooks = {
  waiting: "unknown",
  running: "moving",
  done: "ok",
  failed: "failed",
  skipped: "unknown",
} as const satisfies Record<StepStatus, StateKind>;

export const stepTitles: Record<StepName, string> = {
  gates: "Gates",
  rollout: "Rollout",
  verify: "Verify",
  finish: "Finish",
  rollback: "Rollback",
};

export function stateOfStep(status: StepStatus): StateKind {
  return stepLooks[status];
}

/** The word for a status; while it runs, what it is doing. */
export function statusWord(status: string, step?: string | null): string {
  if (status === "running" && step && step in doing) return doing[step as StepName];
  return looks[status as DeploymentStatus]?.word ?? status;
}

type DeploymentStateProps = Omit<StateProps, "kind" | "label"> & { status: string; step?: string | null };

export function DeploymentState({ status, step, ...rest }: DeploymentStateProps) {
  return (
    <State {...rest} kind={looks[status as DeploymentStatus]?.kind ?? "unknown"} label={statusWord(status, step)} />
  );
}
