import type { TargetGroup } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Elb } from "../elb.ts";
import { loadBalancersUsing } from "../state.ts";
import type { TargetGroupRecord } from "../state.ts";

export function renderTargetGroup({ state }: Elb, record: TargetGroupRecord): TargetGroup {
  const { healthCheck } = record;
  return {
    TargetGroupArn: record.arn,
    TargetGroupName: record.name,
    Protocol: record.protocol,
    Port: record.port,
    VpcId: record.vpcId,
    HealthCheckProtocol: healthCheck.protocol,
    HealthCheckPort: healthCheck.port,
    HealthCheckEnabled: healthCheck.enabled,
    HealthCheckIntervalSeconds: healthCheck.intervalSeconds,
    HealthCheckTimeoutSeconds: healthCheck.timeoutSeconds,
    HealthyThresholdCount: healthCheck.healthyThreshold,
    UnhealthyThresholdCount: healthCheck.unhealthyThreshold,
    HealthCheckPath: healthCheck.path,
    Matcher: { HttpCode: healthCheck.matcher },
    LoadBalancerArns: loadBalancersUsing(state, record.arn),
    TargetType: record.targetType,
    ProtocolVersion: record.protocolVersion,
    IpAddressType: "ipv4",
  };
}
