import type { ServiceDefinition } from "../../contract.ts";
import { actions } from "./actions/index.ts";
import { buckets } from "./buckets.ts";

/** ECS on the wire. */
export const service: ServiceDefinition = {
  name: "ecs",
  protocol: "json-1.1",
  target: "AmazonEC2ContainerServiceV20141113",
  actions,
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
