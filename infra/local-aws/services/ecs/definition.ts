import type { ServiceDefinition } from "../../contract.ts";
import { createCluster } from "./actions/create-cluster.ts";
import { createService } from "./actions/create-service.ts";
import { deleteCluster } from "./actions/delete-cluster.ts";
import { deleteService } from "./actions/delete-service.ts";
import { deregisterTaskDefinition } from "./actions/deregister-task-definition.ts";
import { describeClusters } from "./actions/describe-clusters.ts";
import { describeServiceDeployments } from "./actions/describe-service-deployments.ts";
import { describeServiceRevisions } from "./actions/describe-service-revisions.ts";
import { describeServices } from "./actions/describe-services.ts";
import { describeTaskDefinition } from "./actions/describe-task-definition.ts";
import { describeTasks } from "./actions/describe-tasks.ts";
import { listClusters } from "./actions/list-clusters.ts";
import { listServiceDeployments } from "./actions/list-service-deployments.ts";
import { listServices } from "./actions/list-services.ts";
import { listTagsForResource } from "./actions/list-tags-for-resource.ts";
import { listTaskDefinitionFamilies } from "./actions/list-task-definition-families.ts";
import { listTaskDefinitions } from "./actions/list-task-definitions.ts";
import { listTasks } from "./actions/list-tasks.ts";
import { registerTaskDefinition } from "./actions/register-task-definition.ts";
import { runTask } from "./actions/run-task.ts";
import { stopServiceDeployment } from "./actions/stop-service-deployment.ts";
import { stopTask } from "./actions/stop-task.ts";
import { tagResource } from "./actions/tag-resource.ts";
import { untagResource } from "./actions/untag-resource.ts";
import { updateService } from "./actions/update-service.ts";
import { buckets } from "./buckets.ts";

/** ECS on the wire. */
export const service: ServiceDefinition = {
  name: "ecs",
  protocol: "json-1.1",
  target: "AmazonEC2ContainerServiceV20141113",
  actions: {
    CreateCluster: createCluster,
    CreateService: createService,
    DeleteCluster: deleteCluster,
    DeleteService: deleteService,
    DeregisterTaskDefinition: deregisterTaskDefinition,
    DescribeClusters: describeClusters,
    DescribeServiceDeployments: describeServiceDeployments,
    DescribeServiceRevisions: describeServiceRevisions,
    DescribeServices: describeServices,
    DescribeTaskDefinition: describeTaskDefinition,
    DescribeTasks: describeTasks,
    ListClusters: listClusters,
    ListServiceDeployments: listServiceDeployments,
    ListServices: listServices,
    ListTagsForResource: listTagsForResource,
    ListTaskDefinitionFamilies: listTaskDefinitionFamilies,
    ListTaskDefinitions: listTaskDefinitions,
    ListTasks: listTasks,
    RegisterTaskDefinition: registerTaskDefinition,
    RunTask: runTask,
    StopServiceDeployment: stopServiceDeployment,
    StopTask: stopTask,
    TagResource: tagResource,
    UntagResource: untagResource,
    UpdateService: updateService,
  },
  buckets,
  writes: [
    "CreateCluster",
    "CreateService",
    "DeleteCluster",
    "DeleteService",
    "DeregisterTaskDefinition",
    "RegisterTaskDefinition",
    "RunTask",
    "StopServiceDeployment",
    "StopTask",
    "TagResource",
    "UntagResource",
    "UpdateService",
  ],
};
