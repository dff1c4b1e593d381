import type { ServiceDefinition } from "../../contract.ts";

/** Request quotas per account and region (ecs.md 2.8, from AWS's page on request throttling). */
export const buckets: NonNullable<ServiceDefinition["buckets"]> = {
  "service-read": { burst: 100, perSecond: 20, actions: ["DescribeServices", "ListServices"] },
  "service-deployment-read": {
    burst: 50,
    perSecond: 20,
    actions: ["DescribeServiceDeployments", "ListServiceDeployments"],
  },
  "service-revision-read": { burst: 50, perSecond: 20, actions: ["DescribeServiceRevisions"] },
  "service-write": { burst: 50, perSecond: 5, actions: ["CreateService", "UpdateService", "DeleteService"] },
  "task-definition-write": {
    burst: 20,
    perSecond: 1,
    actions: ["RegisterTaskDefinition", "DeregisterTaskDefinition"],
  },
  "task-definition-read": {
    burst: 50,
    perSecond: 20,
    actions: ["DescribeTaskDefinition", "ListTaskDefinitions", "ListTaskDefinitionFamilies"],
  },
  "task-read": { burst: 100, perSecond: 20, actions: ["DescribeTasks", "ListTasks"] },
  "task-write": { burst: 100, perSecond: 40, actions: ["RunTask", "StopTask"] },
  "cluster-read": { burst: 50, perSecond: 20, actions: ["DescribeClusters", "ListClusters"] },
  "cluster-write": { burst: 20, perSecond: 1, actions: ["CreateCluster", "DeleteCluster"] },
  "tag-write": { burst: 20, perSecond: 10, actions: ["TagResource", "UntagResource"] },
  "tag-read": { burst: 50, perSecond: 20, actions: ["ListTagsForResource"] },
};
