import type { Placement, Ports, RegisteredTaskDefinition, ServiceState, TaskDefinition } from "../ports.ts";
import type { RenderedConfig } from "../../variables/queries/rendered.ts";
import type { ContainerImage } from "../render.ts";
import type { DeploymentKind } from "../schema.ts";

/** What a gate looks at: one deployment on one target, before anything was changed. */
export type GateInput = {
  ports: Ports;
  placement: Placement;
  service: ServiceState;
  /** What the service runs now: the base of what a deployment registers. */
  current: RegisteredTaskDefinition;
  /** What the release is put into: what runs, or for a rollback what brought the release here before. */
  base: TaskDefinition;
  artefacts: ContainerImage[];
  /** Variables that go with it; null for those of the base. */
  config: RenderedConfig | null;
  kind: DeploymentKind;
  /** What the portal knows to run; null before anything was brought there. */
  knownTaskDefinitionArn: string | null;
  /** Whatever is under way there, the portal follows it: it was begun here, or adopted. */
  isFollowed: boolean;
};

/** `facts` are what the gate saw; `ok: false` marks those that made it fail. */
export type GateResult = {
  result: "pass" | "fail" | "inconclusive";
  reason: string;
  facts: { label: string; value: string; ok?: boolean }[];
};

/**
 * A check before a deployment. A `RuntimeFailure` that it throws is tried again when that helps; otherwise the gate
 * has failed, with the failure's sentence as its reason.
 */
export type Gate = {
  /** Stable: overrides and the API name it. */
  name: string;
  title: string;
  /** Whether a rollback needs it too: only what makes a rollback possible. */
  runsOnRollback: boolean;
  /** Whether a person with the right may go on although it failed. */
  overridable: boolean;
  evaluate(input: GateInput): Promise<GateResult>;
};
