import {
  placementKey,
  type AlarmState,
  type Placement,
  type Ports,
  type ServiceState,
  type TargetHealth,
  type TaskDefinition,
} from "../deployments/ports.ts";
import { fakeAccounts } from "./fake-accounts.ts";
import { createFakeJournal } from "./fake-journal.ts";
import { fakeRegistry, fakeRuntime } from "./fake-port.ts";
import { beginRollout, look, snapshot, type FakeService, type RolloutStep } from "./fake-rollouts.ts";
import { createFakeWorld, type FakeWorld } from "./fake-world.ts";

type ServiceOptions = { definition: TaskDefinition } & Partial<Omit<ServiceState, "taskDefinitionArn">>;

/** Adds a service that already runs its definition; answers the definition's ARN. */
function addService(world: FakeWorld, placement: Placement, { definition, ...given }: ServiceOptions): string {
  const { arn } = world.register(placement, definition, {});
  const state: ServiceState = {
    status: "ACTIVE",
    taskDefinitionArn: arn,
    desiredCount: 1,
    runningCount: 0,
    pendingCount: 0,
    minimumHealthyPercent: 100,
    maximumPercent: 200,
    circuitBreaker: { enabled: true, rollback: true },
    alarmNames: [],
    targetGroupArns: [],
    deployable: true,
    currentRolloutArn: null,
    events: [],
    ...given,
  };
  const key = placementKey(placement);
  const service: FakeService = { key, placement, state, scripts: [], afterStop: "rollback", rollouts: 0, tasks: [] };
  world.services.set(key, service);
  const first = beginRollout({ service, taskDefinitionArn: arn, steps: undefined, now: world.now() });
  world.rollouts.set(first.arn, first);
  while (snapshot(first, world.now()).status !== "successful") look(first, world.lines, world.now());
  return arn;
}

function controls(world: FakeWorld) {
  const service = (placement: Placement) => world.service(placement, "test");
  return {
    addService: (placement: Placement, options: ServiceOptions) => addService(world, placement, options),
    /** The service as it is; changes made to it count. */
    service: (placement: Placement) => service(placement).state,
    tasks: (placement: Placement) => service(placement).tasks,
    definition: (arn: string) => world.definition(arn, "test"),
    /** What the service's next rollout goes through; may be called several times, for one rollout each. */
    script: (placement: Placement, steps: RolloutStep[]) => void service(placement).scripts.push(steps),
    /** What every rollout goes through whose images contain the fragment, such as a digest. */
    scriptImage: (fragment: string, steps: RolloutStep[]) => void world.scriptsByImage.unshift({ fragment, steps }),
    /** What a requested stop leads to: a rollback, or success because it came too late. */
    afterStop: (placement: Placement, outcome: FakeService["afterStop"]) =>
      void (service(placement).afterStop = outcome),
    /** The next looks do not find a rollout yet, as AWS's reads lag behind its writes. */
    hideRollouts: (looks: number) => void (world.hiddenLooks = looks),
    /** UpdateService by somebody else; answers the rollout's ARN. */
    outsideRollout: (placement: Placement, taskDefinitionArn: string) =>
      world.begin(service(placement), taskDefinitionArn).arn,
    register: world.register,
    deactivate: (arn: string) => void (world.definition(arn, "test").active = false),
    setAlarm: (name: string, state: AlarmState["state"], reason = "") =>
      void world.alarms.set(name, { name, state, reason, since: world.now() }),
    setTargets: (targetGroupArn: string, health: TargetHealth[]) => void world.targets.set(targetGroupArn, health),
    /** Lines of a container in every task, or in one (`taskArn/container`). */
    setLines: (containerOrTask: string, written: string[]) => void world.lines.set(containerOrTask, written),
    setImage: (image: string, digest: string) => void world.images.set(image, digest),
    removeLogGroup: (name: string) => void world.missingLogGroups.add(name),
    setSecret: (arn: string, versions: string[], changedAt = world.now()) =>
      void world.secrets.set(arn, { versions, changedAt }),
    breakSecret: (valueFrom: string, reason: string) => void world.brokenSecrets.set(valueFrom, reason),
    addEvent: (placement: Placement, message: string) => {
      const { events } = service(placement).state;
      events.unshift({ id: `event-${events.length + 1}`, at: world.now(), message });
    },
  };
}

/**
 * A tiny ECS in memory, for tests of what stands on the `Runtime` port. Rollouts follow scripts: every look at a
 * rollout (`findRollout`, `describeRollout`) shows one step and moves on, the last step stays.
 */
export function createFakeRuntime(options: { now?: () => Date } = {}) {
  const { journal, failNext, setHook, call } = createFakeJournal();
  const world = createFakeWorld(options.now ?? (() => new Date()));
  const ports: Ports = {
    runtime: fakeRuntime(world, call),
    registry: fakeRegistry(world, call),
    accounts: fakeAccounts(world),
  };
  return {
    ...ports,
    ...controls(world),
    ports,
    /** Every call in order, with what it changed. */
    journal,
    /** Makes the next calls of an operation fail; `lost`: the effect happens and only its answer does not arrive. */
    failNext,
    /** Runs around every call; a throw stands for a process that dies there. */
    setHook,
    /** Calls of an operation that really changed something. */
    effects: (operation: string) => journal.filter((one) => one.operation === operation && one.effect === "changed"),
  };
}

export type FakeRuntime = ReturnType<typeof createFakeRuntime>;
