import type { DescribeTaskDefinitionCommandInput, DescribeTaskDefinitionCommandOutput } from "@aws-sdk/client-ecs";
import type { Caller, World } from "../../../contract.ts";
import { engineOf } from "../engine.ts";
import { client } from "../errors.ts";
import { findTaskDefinition } from "../lookup.ts";
import { renderTaskDefinition } from "../render/task-definition.ts";
import type { Answer } from "../../answer.ts";

/** A family alone means its newest ACTIVE revision. */
export function describeTaskDefinition(
  world: World,
  { taskDefinition = "", include = [] }: DescribeTaskDefinitionCommandInput,
  caller: Caller,
): Answer<DescribeTaskDefinitionCommandOutput> {
  const engine = engineOf(world);
  const found = findTaskDefinition(engine, caller, taskDefinition);
  if (!found) throw client("Unable to describe task definition.");
  return {
    taskDefinition: renderTaskDefinition(found),
    ...(include.includes("TAGS") && { tags: engine.state.tags[found.arn] ?? [] }),
  };
}
