import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { ECRClient } from "@aws-sdk/client-ecr";
import { ECSClient } from "@aws-sdk/client-ecs";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SSMClient } from "@aws-sdk/client-ssm";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { RuntimeFailure, type Placement } from "../deployments/ports.ts";
import { awsCall } from "./failure.ts";

/** What the clients are made with. Absent fields are found by the SDK (environment, profile, container role). */
export type ClientSettings = {
  endpoint?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string };
};

export type Clients = ReturnType<typeof createClients>;

/** Clients by account and region. `of` refuses an account that is not the credentials' own. */
export type ClientSource = {
  of(place: Pick<Placement, "accountId" | "region">): Promise<Clients>;
  inRegion(region: string): Clients;
};

// Three attempts of three seconds and their back-off stay within the deadline that `awsCall` sets.
const connectionTimeout = 2_000;
const requestTimeout = 3_000;

function createClients(region: string, settings: ClientSettings) {
  const common = {
    region,
    retryMode: "standard",
    requestHandler: { connectionTimeout, requestTimeout, throwOnRequestTimeout: true },
    ...settings,
  } as const;
  const options = { ...common, maxAttempts: 3 };
  return {
    ecs: new ECSClient(options),
    // A write that takes no client token is never repeated by the SDK: whoever calls looks first.
    ecsOnce: new ECSClient({ ...common, maxAttempts: 1 }),
    logs: new CloudWatchLogsClient(options),
    cloudwatch: new CloudWatchClient(options),
    elb: new ElasticLoadBalancingV2Client(options),
    ecr: new ECRClient(options),
    secrets: new SecretsManagerClient(options),
    ssm: new SSMClient(options),
    sts: new STSClient(options),
  };
}

/** Makes clients once per region. The endpoint comes from `AWS_ENDPOINT_URL`, which the SDK reads itself. */
export function createClientSource(settings: ClientSettings = {}): ClientSource {
  const byRegion = new Map<string, Clients>();
  let account: Promise<string> | undefined;

  const inRegion = (region: string): Clients => {
    const found = byRegion.get(region) ?? createClients(region, settings);
    byRegion.set(region, found);
    return found;
  };

  async function ownAccount(region: string): Promise<string> {
    const { sts } = inRegion(region);
    const target = { operation: "sts:GetCallerIdentity", resource: "the portal's credentials" };
    const answer = await awsCall(target, (options) => sts.send(new GetCallerIdentityCommand({}), options));
    return answer.Account ?? "";
  }

  return {
    inRegion,
    async of({ accountId, region }) {
      account ??= ownAccount(region).catch((error: unknown) => {
        account = undefined;
        throw error;
      });
      const own = await account;
      if (own === accountId) return inRegion(region);
      throw new RuntimeFailure(
        "denied",
        "sts:GetCallerIdentity",
        `The portal's AWS credentials belong to account ${own}, and this target is in account ${accountId}.`,
      );
    },
  };
}
