import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { ECRClient } from "@aws-sdk/client-ecr";
import { ECSClient } from "@aws-sdk/client-ecs";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { STSClient } from "@aws-sdk/client-sts";

export type ClientOptions = {
  region: string;
  /** Absent: the SDK's own resolution, `AWS_ENDPOINT_URL` included. */
  endpoint?: string;
  /** Absent: the SDK's default chain. */
  credentials?: { accessKeyId: string; secretAccessKey: string };
};

export type Clients = ReturnType<typeof createClients>;

/** The official clients that provisioning needs; the only place where they are made. `destroy` closes their sockets. */
export function createClients(options: ClientOptions) {
  const clients = {
    ecs: new ECSClient(options),
    elb: new ElasticLoadBalancingV2Client(options),
    cloudwatch: new CloudWatchClient(options),
    logs: new CloudWatchLogsClient(options),
    ecr: new ECRClient(options),
    secrets: new SecretsManagerClient(options),
    sts: new STSClient(options),
  };
  return {
    ...clients,
    region: options.region,
    destroy: () => Object.values(clients).forEach((client) => client.destroy()),
  };
}
