import type { Cluster } from "@aws-sdk/client-ecs";
import type { Engine } from "../engine.ts";
import type { ClusterRecord } from "../records/cluster.ts";
import { isStarting } from "../records/task.ts";

/** A cluster as `DescribeClusters` shows it, tags apart. */
export function renderCluster({ state, runs }: Engine, cluster: ClusterRecord): Cluster {
  const tasks = [...runs.keys()].map((arn) => state.tasks[arn]).filter((task) => task?.clusterArn === cluster.arn);
  const services = Object.values(state.services).filter(({ clusterArn }) => clusterArn === cluster.arn);
  return {
    clusterArn: cluster.arn,
    clusterName: cluster.name,
    status: cluster.status,
    registeredContainerInstancesCount: 0,
    runningTasksCount: tasks.filter((task) => task?.lastStatus === "RUNNING").length,
    pendingTasksCount: tasks.filter((task) => task && isStarting(task)).length,
    activeServicesCount: services.filter(({ status }) => status === "ACTIVE").length,
    statistics: [],
    tags: [],
    settings: cluster.settings,
    capacityProviders: ["FARGATE", "FARGATE_SPOT"],
    defaultCapacityProviderStrategy: [],
  };
}
