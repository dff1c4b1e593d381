import type { DescribeTasksCommandInput, DescribeTasksCommandOutput } from "@aws-sdk/client-ecs";
import type { Caller, World } from "../../../contract.ts";
import { arn } from "../../place.ts";
import { engineOf } from "../engine.ts";
import { invalid } from "../errors.ts";
import { findTask, requireCluster } from "../lookup.ts";
import { renderTask } from "../render/task.ts";
import type { Answer } from "../../answer.ts";

const MOST = 100;

/** Up to 100 tasks; a stopped one is known for at least an hour. */
export function describeTasks(
  world: World,
  { cluster: clusterName, tasks = [], include = [] }: DescribeTasksCommandInput,
  caller: Caller,
): Answer<DescribeTasksCommandOutput> {
  if (tasks.length === 0) throw invalid("Tasks cannot be empty.");
  if (tasks.length > MOST) throw invalid(`Tasks cannot be more than ${MOST}.`);
  const engine = engineOf(world);
  const cluster = requireCluster(engine, caller, clusterName);
  const found = tasks.map((task) => findTask(engine, cluster, task));
  return {
    tasks: found
      .filter((task) => task !== undefined)
      .map((task) => ({
        ...renderTask(task),
        ...(include.includes("TAGS") && { tags: engine.state.tags[task.arn] ?? [] }),
      })),
    failures: tasks
      .filter((_, index) => !found[index])
      .map((task) => ({
        arn: task.startsWith("arn:") ? task : arn("ecs", caller, `task/${cluster.name}/${task}`),
        reason: "MISSING",
      })),
  };
}
