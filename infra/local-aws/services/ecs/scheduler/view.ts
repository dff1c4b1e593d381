/** What the scheduler sees of one service. All times are epoch milliseconds, all durations real milliseconds. */

export type TaskView = {
  id: string;
  /** STOPPED tasks are left out. `stopping` has been told to stop, and counts for nothing any more. */
  phase: "starting" | "running" | "stopping";
  health: "pending" | "healthy" | "unhealthy";
};

export type Rollout = "IN_PROGRESS" | "COMPLETED" | "FAILED";

export type DeploymentView = {
  id: string;
  rollout: Rollout;
  tasks: TaskView[];
  /** Failures that the breaker counts. */
  failed: number;
  /** No task may start before this, because earlier ones kept failing. */
  retryAt?: number;
};

export type PrimaryView = DeploymentView & {
  /** It is itself a way back: there is nothing further to go back to, and alarms do not judge it. */
  isRollback: boolean;
  /** Set once all its tasks were healthy and the old ones told to stop; the alarms are watched until then. */
  bakeUntil?: number;
};

export type ServiceView = {
  desired: number;
  minimumHealthyPercent: number;
  maximumPercent: number;
  primary: PrimaryView;
  /** Deployments that the primary one replaces, newest first. */
  older: DeploymentView[];
  /** Undefined when the service has no circuit breaker. */
  breaker?: { threshold: number; rollback: boolean };
  /** Undefined when no alarms judge this deployment. */
  alarms?: { triggered: boolean; rollback: boolean; bakeMs: number };
  /** Revision of the most recent COMPLETED deployment. */
  rollbackTarget?: string;
  /** Somebody asked to stop the deployment and go back. */
  rollbackRequested: boolean;
};

export type Cause = "breaker" | "alarm" | "user";

export type Decision =
  | { kind: "start"; deployment: string; count: number }
  | { kind: "stop"; task: string; because: "unhealthy" | "scaling" }
  | { kind: "bake"; until: number }
  | { kind: "complete" }
  | { kind: "fail"; because: Cause; noTarget: boolean }
  | { kind: "roll-back"; because: Cause; to: string }
  | { kind: "forget"; deployment: string }
  | { kind: "event"; event: "steady" | "cannot-move" };
