import type { DeploymentConfiguration, LoadBalancer, NetworkConfiguration } from "@aws-sdk/client-ecs";
import type { Counters } from "../scheduler/breaker.ts";
import type { Rollout } from "../scheduler/view.ts";

/** One deployment as `DescribeServices` lists it; the first of a service is PRIMARY, the others ACTIVE. */
export type DeploymentRecord = {
  /** `ecs-svc/<digits>` */
  id: string;
  revisionArn: string;
  taskDefinitionArn: string;
  createdAt: number;
  updatedAt: number;
  rollout: Rollout;
  rolloutReason: string;
  isRollback: boolean;
  bakeUntil?: number;
  counters: Counters;
};

export type EventRecord = { id: string; createdAt: number; message: string };

export type ServiceRecord = {
  arn: string;
  name: string;
  clusterArn: string;
  accountId: string;
  region: string;
  status: "ACTIVE" | "DRAINING" | "INACTIVE";
  createdAt: number;
  createdBy: string;
  clientToken?: string;
  desiredCount: number;
  deploymentConfiguration: DeploymentConfiguration;
  loadBalancers: LoadBalancer[];
  networkConfiguration?: NetworkConfiguration;
  healthCheckGracePeriodSeconds?: number;
  launchType: "FARGATE" | "EC2" | "EXTERNAL";
  platformVersion: string;
  propagateTags: "TASK_DEFINITION" | "SERVICE" | "NONE";
  enableExecuteCommand: boolean;
  enableECSManagedTags: boolean;
  availabilityZoneRebalancing: "ENABLED" | "DISABLED";
  deployments: DeploymentRecord[];
  /** Newest first. */
  events: EventRecord[];
  currentServiceDeployment?: string;
  /** Revision of the most recent COMPLETED deployment: what a rollback returns to. */
  completedRevision?: string;
  /** Told that it reached a steady state, and nothing has happened since. */
  isSteady: boolean;
};

/** Immutable picture of a service at one deployment. */
export type RevisionRecord = {
  arn: string;
  serviceArn: string;
  clusterArn: string;
  taskDefinitionArn: string;
  createdAt: number;
  launchType: ServiceRecord["launchType"];
  platformVersion: string;
  loadBalancers: LoadBalancer[];
  networkConfiguration?: NetworkConfiguration;
  containerImages: { containerName: string; image: string; imageDigest?: string }[];
};
