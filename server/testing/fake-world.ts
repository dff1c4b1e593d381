import {
  placementKey,
  RuntimeFailure,
  type AlarmState,
  type Placement,
  type RegisteredTaskDefinition,
  type TargetHealth,
  type TaskDefinition,
} from "../deployments/ports.ts";
import { beginRollout, type FakeRollout, type FakeService, type RolloutStep } from "./fake-rollouts.ts";

/** Everything that a fake ECS remembers. */
export type FakeWorld = ReturnType<typeof createFakeWorld>;

export function createFakeWorld(now: () => Date) {
  const services = new Map<string, FakeService>();
  const definitions = new Map<string, RegisteredTaskDefinition>();
  const rollouts = new Map<string, FakeRollout>();
  const scriptsByImage: { fragment: string; steps: RolloutStep[] }[] = [];

  function must<Value>(found: Value | undefined, operation: string, what: string): Value {
    if (found === undefined) throw new RuntimeFailure("not_found", operation, `There is no ${what}.`);
    return found;
  }
  const definition = (arn: string, operation: string) =>
    must(definitions.get(arn), operation, `task definition ${arn}`);

  return {
    now,
    services,
    definitions,
    rollouts,
    scriptsByImage,
    alarms: new Map<string, AlarmState>(),
    lines: new Map<string, string[]>(),
    images: new Map<string, string>(),
    targets: new Map<string, TargetHealth[]>(),
    missingLogGroups: new Set<string>(),
    brokenSecrets: new Map<string, string>(),
    /** By ARN: the versions that have a stage, oldest first. */
    secrets: new Map<string, { versions: string[]; changedAt: Date }>(),
    /** Looks for which a new rollout is not found yet. */
    hiddenLooks: 0,
    definition,
    service: (placement: Placement, operation: string) =>
      must(
        services.get(placementKey(placement)),
        operation,
        `ECS service ${placement.ecsService} in ${placement.cluster}`,
      ),
    rollout: (arn: string, operation: string) => must(rollouts.get(arn), operation, `service deployment ${arn}`),

    register(placement: Placement, given: TaskDefinition, tags: Record<string, string>): RegisteredTaskDefinition {
      const revision = [...definitions.values()].filter((one) => one.definition.family === given.family).length + 1;
      const arn = `arn:aws:ecs:${placement.region}:${placement.accountId}:task-definition/${given.family}:${revision}`;
      const registered = { arn, active: true, definition: structuredClone(given), tags };
      definitions.set(arn, registered);
      return registered;
    },

    /** UpdateService: the service's next script, the script of the image, or a plain success. */
    begin(service: FakeService, taskDefinitionArn: string): FakeRollout {
      const brought = definition(taskDefinitionArn, "startRollout").definition.containerDefinitions.map(
        (one) => one.image,
      );
      const ofImage = scriptsByImage.find(({ fragment }) => brought.some((image) => image.includes(fragment)));
      const rollout = beginRollout({
        service,
        taskDefinitionArn,
        steps: service.scripts.shift() ?? ofImage?.steps,
        now: now(),
      });
      rollouts.set(rollout.arn, rollout);
      return rollout;
    },
  };
}
