import type {
  DeploymentConfiguration,
  ServiceDeploymentLifecycleStage,
  ServiceDeploymentStatus,
} from "@aws-sdk/client-ecs";

type Monitor = "DISABLED" | "MONITORING" | "MONITORING_COMPLETE" | "TRIGGERED";

export type RevisionCounts = { arn: string; requested: number; running: number; pending: number };

export type ServiceDeploymentRecord = {
  arn: string;
  serviceArn: string;
  clusterArn: string;
  createdAt: number;
  startedAt?: number;
  finishedAt?: number;
  stoppedAt?: number;
  updatedAt: number;
  sources: RevisionCounts[];
  target: RevisionCounts;
  status: ServiceDeploymentStatus;
  statusReason?: string;
  lifecycleStage?: ServiceDeploymentLifecycleStage;
  /** As it was when the deployment began. */
  configuration: DeploymentConfiguration;
  rollback?: { reason: string; startedAt: number; serviceRevisionArn: string };
  breaker: { status: Monitor; failureCount: number; threshold: number };
  alarms: { status: Monitor; names: string[]; triggered: string[] };
};

const ENDED: readonly ServiceDeploymentStatus[] = ["SUCCESSFUL", "STOPPED", "ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED"];

export const isOver = ({ status }: ServiceDeploymentRecord): boolean => ENDED.includes(status);
