import type { Container, NetworkConfiguration, TaskOverride, TaskStopCode } from "@aws-sdk/client-ecs";

export type ContainerRecord = {
  arn: string;
  name: string;
  image: string;
  imageDigest?: string;
  isEssential: boolean;
  lastStatus: "PENDING" | "RUNNING" | "STOPPED";
  exitCode?: number;
  reason?: string;
  runtimeId?: string;
  /** Undefined when the container has no health check. */
  healthStatus?: NonNullable<Container["healthStatus"]>;
  containerPort?: number;
  hostPort?: number;
};

export type TaskStatus =
  "PROVISIONING" | "PENDING" | "ACTIVATING" | "RUNNING" | "DEACTIVATING" | "STOPPING" | "DEPROVISIONING" | "STOPPED";

export type TaskRecord = {
  arn: string;
  id: string;
  clusterArn: string;
  accountId: string;
  region: string;
  taskDefinitionArn: string;
  family: string;
  group: string;
  startedBy?: string;
  clientToken?: string;
  /** Set for tasks of a service. */
  serviceArn?: string;
  targets: { targetGroupArn: string; containerName: string; containerPort: number }[];
  lastStatus: TaskStatus;
  desiredStatus: "RUNNING" | "STOPPED";
  version: number;
  createdAt: number;
  pullStartedAt?: number;
  pullStoppedAt?: number;
  startedAt?: number;
  stoppingAt?: number;
  executionStoppedAt?: number;
  stoppedAt?: number;
  stopCode?: TaskStopCode;
  stoppedReason?: string;
  /** It has once been healthy: its end is no longer a failure to start. */
  wasHealthy: boolean;
  containers: ContainerRecord[];
  overrides?: TaskOverride;
  /** Its network mode is `awsvpc`: it is shown with a network interface. */
  hasOwnNetwork: boolean;
  /** Stands for the address of a network interface, and is its target id; the task really listens on our host. */
  address: string;
  cpu: string;
  memory: string;
  launchType: "FARGATE" | "EC2" | "EXTERNAL";
  platformVersion: string;
  networkConfiguration?: NetworkConfiguration;
  enableExecuteCommand: boolean;
};

export const isStarting = ({ lastStatus, desiredStatus }: TaskRecord): boolean =>
  desiredStatus === "RUNNING" && ["PROVISIONING", "PENDING", "ACTIVATING"].includes(lastStatus);
