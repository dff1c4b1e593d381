import {
  placementKey,
  RuntimeFailure,
  type Registry,
  type Runtime,
  type SecretDescription,
} from "../deployments/ports.ts";
import type { FakeJournal } from "./fake-journal.ts";
import { look, requestStop } from "./fake-rollouts.ts";
import type { FakeWorld } from "./fake-world.ts";

/** Key of the tag under which a deployment's task definition is found again. */
const deploymentTagKey = "quarterdeck:deployment";

type Writes = "registerTaskDefinition" | "startRollout" | "stopRollout" | "setDesiredCount" | "stopTask";

function fakeWrites(world: FakeWorld, call: FakeJournal["call"]): Pick<Runtime, Writes> {
  return {
    registerTaskDefinition: (placement, definition, tag) =>
      call("registerTaskDefinition", placement, (changed) => {
        const registered = world.register(placement, definition, { [deploymentTagKey]: tag });
        changed(registered.arn);
        return structuredClone(registered);
      }),
    startRollout: (placement, arn) =>
      call("startRollout", placement, (changed) => {
        const service = world.service(placement, "startRollout");
        if (!world.definition(arn, "startRollout").active) {
          throw new RuntimeFailure("refused", "startRollout", `The task definition ${arn} is INACTIVE.`);
        }
        if (service.state.taskDefinitionArn !== arn) changed(world.begin(service, arn).arn);
      }),
    stopRollout: (placement, arn) =>
      call("stopRollout", placement, (changed) => {
        if (requestStop(world.rollout(arn, "stopRollout"))) changed(arn);
      }),
    setDesiredCount: (placement, desiredCount) =>
      call("setDesiredCount", placement, (changed) => {
        const { state } = world.service(placement, "setDesiredCount");
        if (state.desiredCount !== desiredCount) changed(placementKey(placement));
        state.desiredCount = desiredCount;
      }),
    stopTask: (placement, arn, reason) =>
      call("stopTask", placement, (changed) => {
        const task = world.service(placement, "stopTask").tasks.find((one) => one.arn === arn);
        if (!task) throw new RuntimeFailure("refused", "stopTask", "The referenced task was not found.");
        if (task.desiredStatus === "STOPPED") return;
        Object.assign(task, { desiredStatus: "STOPPED", stopCode: "UserInitiated", stoppedReason: reason });
        changed(arn);
      }),
  };
}

type RolloutReads = "findTaskDefinition" | "findRollout" | "describeRollout" | "describeServices";

function fakeRolloutReads(world: FakeWorld, call: FakeJournal["call"]): Pick<Runtime, RolloutReads> {
  return {
    describeServices: (placements) =>
      call("describeServices", placements[0], () => {
        const found = placements.map((placement) => world.services.get(placementKey(placement)));
        return new Map(found.filter((one) => one !== undefined).map((one) => [one.key, structuredClone(one.state)]));
      }),
    findTaskDefinition: (placement, family, tag) =>
      call("findTaskDefinition", placement, () => {
        const revisions = [...world.definitions.values()].filter((one) => one.definition.family === family);
        return structuredClone(revisions.findLast((one) => one.active && one.tags[deploymentTagKey] === tag));
      }),
    findRollout: (placement, arn) =>
      call("findRollout", placement, () => {
        const { key } = world.service(placement, "findRollout");
        if (world.hiddenLooks > 0) {
          world.hiddenLooks -= 1;
          return undefined;
        }
        const found = [...world.rollouts.values()].findLast(
          (one) => one.service.key === key && one.taskDefinitionArn === arn,
        );
        return found && look(found, world.lines, world.now());
      }),
    describeRollout: (placement, arn) =>
      call("describeRollout", placement, () => look(world.rollout(arn, "describeRollout"), world.lines, world.now())),
  };
}

/** A secret that a test set, by the reference that a task definition would hold. */
function fakeSecret(world: FakeWorld, valueFrom: string): SecretDescription | string {
  const parts = valueFrom.split(":");
  const arn = parts.slice(0, 7).join(":");
  const [key, , pinned] = parts.slice(7);
  const found = world.secrets.get(arn);
  if (!found) return `There is no secret ${arn}.`;
  if (pinned && !found.versions.includes(pinned)) return `The secret ${parts[6] ?? arn} has no version ${pinned}.`;
  const version = found.versions.at(-1) ?? "";
  return {
    kind: "secret",
    arn,
    name: parts[6] ?? arn,
    key: key || null,
    pinned: pinned || null,
    version,
    changedAt: found.changedAt,
  };
}

/** The fake's side of `Runtime`. */
export function fakeRuntime(world: FakeWorld, call: FakeJournal["call"]): Runtime {
  return {
    ...fakeWrites(world, call),
    ...fakeRolloutReads(world, call),
    describeService: (placement) =>
      call("describeService", placement, () => structuredClone(world.service(placement, "describeService").state)),
    describeTaskDefinition: (placement, arn) =>
      call("describeTaskDefinition", placement, () => structuredClone(world.definition(arn, "describeTaskDefinition"))),
    listTasks: (placement) =>
      call("listTasks", placement, () => structuredClone(world.service(placement, "listTasks").tasks)),
    targetHealth: (placement, arn) =>
      call("targetHealth", placement, () => structuredClone(world.targets.get(arn) ?? [])),
    alarms: (placement, names) =>
      call("alarms", placement, () => names.map((name) => world.alarms.get(name)).filter((one) => one !== undefined)),
    lastLines: (placement, _definition, taskArn, container, limit) =>
      call("lastLines", placement, () =>
        (world.lines.get(`${taskArn}/${container}`) ?? world.lines.get(container) ?? []).slice(-limit),
      ),
    logGroupExists: (placement, name) => call("logGroupExists", placement, () => !world.missingLogGroups.has(name)),
    secretExists: (placement, valueFrom) =>
      call("secretExists", placement, () => world.brokenSecrets.get(valueFrom) ?? (true as const)),
    describeSecret: (placement, valueFrom) =>
      call("describeSecret", placement, () => world.brokenSecrets.get(valueFrom) ?? fakeSecret(world, valueFrom)),
    listSecrets: (placement, search) =>
      call("listSecrets", placement, () =>
        [...world.secrets.keys()]
          .filter((arn) => arn.includes(search))
          .map((arn) => ({ kind: "secret" as const, arn, name: arn.split(":")[6] ?? arn })),
      ),
  };
}

/** The fake's side of `Registry`. */
export function fakeRegistry(world: FakeWorld, call: FakeJournal["call"]): Registry {
  return { digest: (image) => call("digest", undefined, () => world.images.get(image)) };
}
