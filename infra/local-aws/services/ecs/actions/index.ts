import { createCluster } from "./create-cluster.ts";
import { createService } from "./create-service.ts";
import { deleteCluster } from "./delete-cluster.ts";
import { deleteService } from "./delete-service.ts";
import { deregisterTaskDefinition } from "./deregister-task-definition.ts";
import { describeClusters } from "./describe-clusters.ts";
import { describeServiceDeployments } from "./describe-service-deployments.ts";
import { describeServiceRevisions } from "./describe-service-revisions.ts";
import { describeServices } from "./describe-services.ts";
import { describeTaskDefinition } from "./describe-task-definition.ts";
import { describeTasks } from "./describe-tasks.ts";
import { listClusters } from "./list-clusters.ts";
import { listServiceDeployments } from "./list-service-deployments.ts";
import { listServices } from "./list-services.ts";
import { listTagsForResource } from "./list-tags-for-resource.ts";
import { listTaskDefinitionFamilies } from "./list-task-definition-families.ts";
import { listTaskDefinitions } from "./list-task-definitions.ts";
import { listTasks } from "./list-tasks.ts";
import { registerTaskDefinition } from "./register-task-definition.ts";
import { runTask } from "./run-task.ts";
import { stopServiceDeployment } from "./stop-service-deployment.ts";
import { stopTask } from "./stop-task.ts";
import { tagResource } from "./tag-resource.ts";
import { untagResource } from "./untag-resource.ts";
import { updateService } from "./update-service.ts";

/** Actions of ECS by their AWS name; each is the file of that name. */
export const actions = {
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
};
