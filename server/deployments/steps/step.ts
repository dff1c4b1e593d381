import type { Cause } from "../advice.ts";
import type { Look } from "../engine/looks.ts";
import type { GateResult } from "../gates/gate.ts";
import type {
  AlarmState,
  Placement,
  Ports,
  RegisteredTaskDefinition,
  Rollout,
  RuntimeTask,
  ServiceState,
  TargetHealth,
  TaskDefinition,
} from "../ports.ts";
import type { RenderedConfig } from "../../variables/queries/rendered.ts";
import type { DeploymentKind, StepName } from "../schema.ts";

/** What was asked of a running deployment: by a person, or (`undo`) by the portal, because another target failed. */
export type PersonRequest = "rollback" | "cancel" | "undo";

/** One deployment on one target, as the engine sees it. */
export type Run = {
  id: string;
  deploymentId: string;
  kind: DeploymentKind;
  status: "running" | "paused" | "rolling_back";
  step: StepName;
  placement: Placement;
  /** When the step that runs began. */
  stepStartedAt: Date;
  artefacts: { container: string; image: string; digest: string }[];
  version: string;
  /** Variables that go with the release; null for those of the base. */
  config: RenderedConfig | null;
  /** For a rollback: the task definition that brought the release here when it last worked. */
  storedTaskDefinition: TaskDefinition | null;
  overrides: { gate: string; reason: string }[];
  taskDefinition: TaskDefinition | null;
  taskDefinitionArn: string | null;
  rolloutArn: string | null;
  /** UpdateService may have been called: from here on nothing can be called untouched. */
  startTried: boolean;
  /** Alarms that burned already when the gates looked. */
  alarmsAtStart: string[];
  /** What the portal knew to run on the target before. */
  knownTaskDefinitionArn: string | null;
  /** It took the place of a deployment that was under way, and took over its way back. */
  tookPlace: boolean;
  previousTaskDefinition: TaskDefinition | null;
  previousTaskDefinitionArn: string | null;
  rollbackTaskDefinitionArn: string | null;
  rollbackRolloutArn: string | null;
  request: PersonRequest | null;
  /** Started past the portal and adopted: followed, and never undone by itself. */
  isOutside: boolean;
  /** Why it is being undone, once it is. */
  cause: Cause | null;
};

export type GateOutcome = GateResult & {
  name: string;
  title: string;
  overridable: boolean;
  overrideReason: string | null;
};

/** What a step saw when it looked. Each step fills what it needs. */
export type Facts = {
  service?: ServiceState;
  current?: RegisteredTaskDefinition;
  gates?: GateOutcome[];
  rollout?: Rollout | undefined;
  /** The rollout was seen before, and ECS no longer remembers it. */
  isForgotten?: boolean;
  tasks?: RuntimeTask[];
  /** The tasks are those of an earlier look: nothing may be concluded from what is not among them. */
  areTasksOld?: boolean;
  alarms?: AlarmState[];
  targets?: TargetHealth[];
  /** Last lines of tasks that died, by task ARN. */
  lines?: Record<string, string[]>;
  /** How long looks have come without a gap, this one included, in AWS milliseconds: what time limits go by. */
  watchedAwsMs?: number;
};

/** Fields of the run that a decision sets. */
export type Patch = Partial<
  Pick<
    Run,
    | "status"
    | "startTried"
    | "alarmsAtStart"
    | "taskDefinition"
    | "taskDefinitionArn"
    | "rolloutArn"
    | "previousTaskDefinition"
    | "previousTaskDefinitionArn"
    | "rollbackTaskDefinitionArn"
    | "rollbackRolloutArn"
    | "cause"
  >
>;

/** A write to AWS. Each is safe to repeat: it looks first, or AWS treats the repetition as the same. */
export type Act =
  | {
      name: "register";
      definition: TaskDefinition;
      tag: string;
      into: "taskDefinitionArn" | "rollbackTaskDefinitionArn";
    }
  | { name: "start"; taskDefinitionArn: string }
  | { name: "stop"; rolloutArn: string };

export type EndStatus = "succeeded" | "failed" | "rolled_back" | "rollback_failed" | "cancelled" | "superseded";

export type Decision =
  /** Nothing to do now; look again after `awsMs` of AWS time. */
  | { do: "wait"; awsMs: number; patch?: Patch; note?: string }
  /** Write to AWS, then look again at once. `first` is kept before the call, `patch` after it. */
  | { do: "act"; act: Act; first?: { startTried: true }; patch?: Patch }
  /** Note something and look again at once. */
  | { do: "note"; patch: Patch }
  /** The step is over; the next one begins. */
  | { do: "advance"; to: StepName; reason: string; patch?: Patch }
  /** Bring the previous task definition back with a rollout of our own. */
  | { do: "undo"; cause: Cause | null; reason: string }
  | { do: "end"; status: EndStatus; reason: string; cause: Cause | null };

export interface StepRunner {
  name: StepName;
  /** Reads only. */
  observe(ports: Ports, run: Run, look: Look): Promise<Facts>;
  /** Pure: the same run, facts and moment give the same decision. `scale` turns AWS time into real time. */
  next(run: Run, facts: Facts, now: Date, scale: number): Decision;
}

/** Time between two looks at a rollout, in AWS milliseconds. */
export const pollAwsMs = 3_000;

/** Real milliseconds since the step began, as AWS milliseconds. */
export function awsElapsedMs(run: Run, now: Date, scale: number): number {
  return (now.getTime() - run.stepStartedAt.getTime()) * scale;
}

/** Why a run that was going well is undone. */
export function askedInWords({ request }: Run): string {
  return request === "undo" ? "The release did not work on another target." : "A person asked for it.";
}

/** What runs came of the deployment whose place this one took: unless it is replaced, it has to be undone. */
export function isHalfWay(run: Run, service: ServiceState | undefined): boolean {
  return (
    run.tookPlace && run.previousTaskDefinition !== null && service?.taskDefinitionArn !== run.previousTaskDefinitionArn
  );
}
