import type { DeregisterTaskDefinitionCommandInput, DeregisterTaskDefinitionCommandOutput } from "@aws-sdk/client-ecs";
import type { Caller, World } from "../../../contract.ts";
import { engineOf } from "../engine.ts";
import { client } from "../errors.ts";
import { findTaskDefinition } from "../lookup.ts";
import { renderTaskDefinition } from "../render/task-definition.ts";
import type { Answer } from "../../answer.ts";

/** INACTIVE: what runs of it goes on and may be replaced, but nothing new is deployed from it. */
export function deregisterTaskDefinition(
  world: World,
  { taskDefinition = "" }: DeregisterTaskDefinitionCommandInput,
  caller: Caller,
): Answer<DeregisterTaskDefinitionCommandOutput> {
  if (!/:\d+$/.test(taskDefinition)) throw client("Invalid revision number. Number of a revision is required.");
  const engine = engineOf(world);
  const found = findTaskDefinition(engine, caller, taskDefinition);
  if (!found) throw client("Unable to describe task definition.");
  if (found.status === "ACTIVE") {
    Object.assign(found, { status: "INACTIVE", deregisteredAt: world.clock.now() });
    engine.state.save("definitions");
    caller.record?.("changed", found.arn);
  } else caller.record?.("none", found.arn);
  return { taskDefinition: renderTaskDefinition(found) };
}
