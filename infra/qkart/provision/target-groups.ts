import {
  CreateTargetGroupCommand,
  DescribeTargetGroupsCommand,
  ModifyTargetGroupAttributesCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Clients } from "./clients.ts";
import { orUndefined, present } from "./found.ts";

/** A target group for tasks on dynamic host ports, checked every 5 s at `/health`. Returns its ARN. */
export async function ensureTargetGroup(
  { elb }: Clients,
  options: { name: string; port: number; vpcId: string },
): Promise<string> {
  const found = await orUndefined(
    elb.send(new DescribeTargetGroupsCommand({ Names: [options.name] })),
    "TargetGroupNotFoundException",
    "TargetGroupNotFound",
  );
  const existing = found?.TargetGroups?.[0]?.TargetGroupArn;
  if (existing !== undefined) return existing;

  const created = await elb.send(
    new CreateTargetGroupCommand({
      Name: options.name,
      Protocol: "HTTP",
      Port: options.port,
      VpcId: options.vpcId,
      TargetType: "instance",
      HealthCheckProtocol: "HTTP",
      HealthCheckPath: "/health",
      HealthCheckIntervalSeconds: 5,
      HealthCheckTimeoutSeconds: 4,
      HealthyThresholdCount: 2,
      UnhealthyThresholdCount: 2,
      Matcher: { HttpCode: "200" },
    }),
  );
  const arn = present(created.TargetGroups?.[0]?.TargetGroupArn, "the target group's ARN");
  await elb.send(
    new ModifyTargetGroupAttributesCommand({
      TargetGroupArn: arn,
      Attributes: [{ Key: "deregistration_delay.timeout_seconds", Value: "5" }],
    }),
  );
  return arn;
}
