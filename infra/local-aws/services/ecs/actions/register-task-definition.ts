import type { RegisterTaskDefinitionCommandInput, RegisterTaskDefinitionCommandOutput } from "@aws-sdk/client-ecs";
import type { Caller, World } from "../../../contract.ts";
import { arn } from "../../place.ts";
import { engineOf } from "../engine.ts";
import { client } from "../errors.ts";
import { revisionsOf } from "../lookup.ts";
import type { TaskDefinitionRecord } from "../records/task-definition.ts";
import { renderTaskDefinition } from "../render/task-definition.ts";
import { checkTags, setTags } from "../tags.ts";
import { validateContainers } from "../validate-containers.ts";
import type { Answer } from "../../answer.ts";

/** Every call makes a new revision, whatever earlier ones hold: AWS does not compare them. */
export function registerTaskDefinition(
  world: World,
  { family, tags, ...input }: RegisterTaskDefinitionCommandInput,
  caller: Caller,
): Answer<RegisterTaskDefinitionCommandOutput> {
  if (!family || !/^[A-Za-z0-9_-]{1,255}$/.test(family)) throw client("Family contains invalid characters.");
  checkTags(tags);
  validateContainers(input.containerDefinitions, input.memory);
  if (input.requiresCompatibilities?.includes("FARGATE") && !(input.cpu && input.memory)) {
    throw client("Fargate requires that 'cpu' be defined at the task level.");
  }
  const engine = engineOf(world);
  const revision = (revisionsOf(engine, caller, family).at(-1)?.revision ?? 0) + 1;
  const record: TaskDefinitionRecord = {
    arn: arn("ecs", caller, `task-definition/${family}:${revision}`),
    family,
    revision,
    status: "ACTIVE",
    registeredAt: world.clock.now(),
    registeredBy: `arn:aws:iam::${caller.accountId}:root`,
    input,
  };
  engine.state.definitions[record.arn] = record;
  engine.state.save("definitions");
  setTags(engine, record.arn, tags);
  caller.record?.("changed", record.arn);
  return { taskDefinition: renderTaskDefinition(record), tags: engine.state.tags[record.arn] ?? [] };
}
