import type { StopTaskCommandInput, StopTaskCommandOutput } from "@aws-sdk/client-ecs";
import type { Caller, World } from "../../../contract.ts";
import { engineOf } from "../engine.ts";
import { invalid } from "../errors.ts";
import { findTask, requireCluster } from "../lookup.ts";
import { renderTask } from "../render/task.ts";
import { requestStop } from "../tasks/run.ts";
import type { Answer } from "../../answer.ts";

/** A service replaces a task stopped like this; it counts as nobody's failure. */
export function stopTask(
  world: World,
  { cluster: clusterName, task: id = "", reason = "Task stopped by user" }: StopTaskCommandInput,
  caller: Caller,
): Answer<StopTaskCommandOutput> {
  const engine = engineOf(world);
  const task = findTask(engine, requireCluster(engine, caller, clusterName), id);
  if (!task) throw invalid("The referenced task was not found.");
  const stopped = requestStop(engine, task, { code: "UserInitiated", reason });
  caller.record?.(stopped ? "changed" : "none", task.arn);
  return { task: renderTask(task) };
}
