import { DescribeTargetGroupsCommand, DescribeTargetHealthCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Placement, TargetHealth } from "../deployments/ports.ts";
import { BoundedMap } from "../core/bounded-map.ts";
import type { ClientSource } from "./clients.ts";
import { awsCall } from "./failure.ts";

/** How long a target group's health path is taken as unchanged. */
const pathAgeMs = 5 * 60_000;

const shortName = (arn: string): string => arn.split("/").at(-2) ?? arn;

/** `Health checks failed with …` becomes `Health checks on /health failed with …`: AWS leaves out where it asked. */
export function withPath(description: string | undefined, path: string | undefined): string | null {
  if (!description) return null;
  return path ? description.replace(/^Health checks failed/, `Health checks on ${path} failed`) : description;
}

/** Health of load balancer targets. */
export function targets(clients: ClientSource) {
  const paths = new BoundedMap<string, { path: string | undefined; readAt: number }>(500);

  async function healthPath(placement: Placement, arn: string): Promise<string | undefined> {
    const known = paths.get(arn);
    if (known && Date.now() - known.readAt < pathAgeMs) return known.path;
    const { elb } = await clients.of(placement);
    const target = {
      operation: "elasticloadbalancing:DescribeTargetGroups",
      resource: `the target group ${shortName(arn)}`,
    };
    const command = new DescribeTargetGroupsCommand({ TargetGroupArns: [arn] });
    const answer = await awsCall(target, (options) => elb.send(command, options));
    const path = answer.TargetGroups?.[0]?.HealthCheckPath;
    paths.set(arn, { path, readAt: Date.now() });
    return path;
  }

  return {
    async health(placement: Placement, arn: string): Promise<TargetHealth[]> {
      const { elb } = await clients.of(placement);
      const target = {
        operation: "elasticloadbalancing:DescribeTargetHealth",
        resource: `the target group ${shortName(arn)}`,
      };
      const command = new DescribeTargetHealthCommand({ TargetGroupArn: arn });
      const answer = await awsCall(target, (options) => elb.send(command, options));
      const found = answer.TargetHealthDescriptions ?? [];
      const path = found.some((one) => one.TargetHealth?.Description) ? await healthPath(placement, arn) : undefined;
      return found.map(({ Target, TargetHealth: health }) => ({
        id: `${Target?.Id ?? ""}:${Target?.Port ?? ""}`,
        state: health?.State ?? "unavailable",
        reason: health?.Reason ?? null,
        description: withPath(health?.Description, path),
      }));
    },
  };
}
