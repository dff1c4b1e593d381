import {
  DescribeTaskDefinitionCommand,
  ListTaskDefinitionsCommand,
  RegisterTaskDefinitionCommand,
  type DescribeTaskDefinitionCommandOutput,
  type RegisterTaskDefinitionCommandInput,
  type RegisterTaskDefinitionCommandOutput,
  type Tag,
} from "@aws-sdk/client-ecs";
import {
  RuntimeFailure,
  type Placement,
  type RegisteredTaskDefinition,
  type TaskDefinition,
} from "../deployments/ports.ts";
import { batches } from "./batches.ts";
import { BoundedMap } from "../core/bounded-map.ts";
import type { ClientSource } from "./clients.ts";
import { awsCall } from "./failure.ts";

/** Key of the tag that leads from a task definition to the deployment that registered it. */
export const deploymentTagKey = "quarterdeck:deployment";

/** What AWS assigns and refuses in a registration (ecs.md 4.3). */
const assigned = [
  "compatibilities",
  "taskDefinitionArn",
  "requiresAttributes",
  "revision",
  "status",
  "registeredAt",
  "deregisteredAt",
  "deleteRequestedAt",
  "registeredBy",
];

/** How far back a deployment's own revision is looked for: others may register in between, but not many. */
const newestRevisions = 20;

function isCopied(tag: Tag): boolean {
  return tag.key !== deploymentTagKey && !tag.key?.startsWith("aws:");
}

/** A described task definition as one that can be registered again: tags and all other fields are kept. */
export function toDefinition(described: object, tags: Tag[]): TaskDefinition {
  const kept = Object.entries(described).filter(([field, value]) => !assigned.includes(field) && value !== undefined);
  const copied = tags.filter(isCopied);
  // AWS answers family and containers for every task definition.
  return { ...Object.fromEntries(kept), ...(copied.length > 0 ? { tags: copied } : {}) } as TaskDefinition;
}

type Answer = Pick<
  DescribeTaskDefinitionCommandOutput | RegisterTaskDefinitionCommandOutput,
  "taskDefinition" | "tags"
>;

function toRegistered(answer: Answer, operation: string): RegisteredTaskDefinition {
  const arn = answer.taskDefinition?.taskDefinitionArn;
  if (!answer.taskDefinition || !arn) {
    throw new RuntimeFailure("unknown", operation, `${operation} answered without a task definition.`);
  }
  const tags = answer.tags ?? [];
  return {
    arn,
    active: answer.taskDefinition.status === "ACTIVE",
    definition: toDefinition(answer.taskDefinition, tags),
    tags: Object.fromEntries(tags.map((tag) => [tag.key ?? "", tag.value ?? ""])),
  };
}

/** Reads and writes of task definitions; what never changes of them is remembered. */
export function taskDefinitions(clients: ClientSource) {
  const known = new BoundedMap<string, RegisteredTaskDefinition>(500);

  /** Always asks AWS: whether a revision is still ACTIVE changes. */
  async function describe(placement: Placement, arn: string): Promise<RegisteredTaskDefinition> {
    const operation = "ecs:DescribeTaskDefinition";
    const { ecs } = await clients.of(placement);
    const answer = await awsCall({ operation, resource: `the task definition ${arn}` }, (options) =>
      ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: arn, include: ["TAGS"] }), options),
    );
    const registered = toRegistered(answer, operation);
    known.set(registered.arn, registered);
    return registered;
  }

  /** The definition as it was registered, from memory when it was read before. */
  async function recall(placement: Placement, arn: string): Promise<RegisteredTaskDefinition> {
    return known.get(arn) ?? describe(placement, arn);
  }

  async function find(
    placement: Placement,
    family: string,
    deploymentTag: string,
  ): Promise<RegisteredTaskDefinition | undefined> {
    const { ecs } = await clients.of(placement);
    const target = { operation: "ecs:ListTaskDefinitions", resource: `the family ${family}` };
    const list = new ListTaskDefinitionsCommand({
      familyPrefix: family,
      status: "ACTIVE",
      sort: "DESC",
      maxResults: newestRevisions,
    });
    const { taskDefinitionArns } = await awsCall(target, (options) => ecs.send(list, options));
    const arns = (taskDefinitionArns ?? []).filter((arn) => arn.includes(`:task-definition/${family}:`));
    // Ours is nearly always the newest or the one after it, so the others are read only when it is not.
    for (const group of [arns.slice(0, 2), ...batches(arns.slice(2), 6)]) {
      const described = await Promise.all(group.map((arn) => recall(placement, arn)));
      const found = described.find((one) => one.tags[deploymentTagKey] === deploymentTag);
      if (found) return { ...found, active: true };
    }
    return undefined;
  }

  async function register(
    placement: Placement,
    definition: TaskDefinition,
    deploymentTag: string,
  ): Promise<RegisteredTaskDefinition> {
    const operation = "ecs:RegisterTaskDefinition";
    const { ecsOnce } = await clients.of(placement);
    const { tags, ...fields } = definition as TaskDefinition & { tags?: Tag[] };
    const input = {
      ...fields,
      tags: [...(tags ?? []).filter(isCopied), { key: deploymentTagKey, value: deploymentTag }],
      // The shape is AWS's own, as `toDefinition` read it; the port only names the fields that rules look at.
    } as RegisterTaskDefinitionCommandInput;
    const answer = await awsCall({ operation, resource: `the family ${definition.family}` }, (options) =>
      ecsOnce.send(new RegisterTaskDefinitionCommand(input), options),
    );
    const registered = toRegistered(answer, operation);
    known.set(registered.arn, registered);
    return registered;
  }

  return { describe, recall, find, register };
}
