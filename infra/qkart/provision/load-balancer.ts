import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Clients } from "./clients.ts";
import { orUndefined, present } from "./found.ts";

export type LoadBalancer = { arn: string; url: string };

type Routing = { name: string; subnetIds: string[]; port: number; apiTargetGroup: string; defaultTargetGroup: string };

/** One load balancer with one listener: `/api/*` goes to the backend, everything else to the storefront. */
export async function ensureLoadBalancer(clients: Clients, routing: Routing): Promise<LoadBalancer> {
  const { arn, host } = await ensureBalancer(clients, routing);
  const listenerArn = await ensureListener(clients, arn, routing);
  await ensureApiRule(clients, listenerArn, routing.apiTargetGroup);
  return { arn, url: `http://${host}:${routing.port}` };
}

async function ensureBalancer({ elb }: Clients, { name, subnetIds }: Routing): Promise<{ arn: string; host: string }> {
  const found = await orUndefined(
    elb.send(new DescribeLoadBalancersCommand({ Names: [name] })),
    "LoadBalancerNotFoundException",
    "LoadBalancerNotFound",
  );
  const balancer =
    found?.LoadBalancers?.[0] ??
    (await elb.send(new CreateLoadBalancerCommand({ Name: name, Type: "application", Subnets: subnetIds })))
      .LoadBalancers?.[0];
  return {
    arn: present(balancer?.LoadBalancerArn, "the load balancer's ARN"),
    host: present(balancer?.DNSName, "the load balancer's DNS name"),
  };
}

async function ensureListener({ elb }: Clients, balancerArn: string, routing: Routing): Promise<string> {
  const { Listeners = [] } = await elb.send(new DescribeListenersCommand({ LoadBalancerArn: balancerArn }));
  const existing = Listeners.find((listener) => listener.Port === routing.port)?.ListenerArn;
  if (existing !== undefined) return existing;
  const created = await elb.send(
    new CreateListenerCommand({
      LoadBalancerArn: balancerArn,
      Protocol: "HTTP",
      Port: routing.port,
      DefaultActions: [{ Type: "forward", TargetGroupArn: routing.defaultTargetGroup }],
    }),
  );
  return present(created.Listeners?.[0]?.ListenerArn, "the listener's ARN");
}

const apiPath = "/api/*";

async function ensureApiRule({ elb }: Clients, listenerArn: string, targetGroup: string): Promise<void> {
  const { Rules = [] } = await elb.send(new DescribeRulesCommand({ ListenerArn: listenerArn }));
  const exists = Rules.some((rule) =>
    rule.Conditions?.some(({ Values, PathPatternConfig }) => (PathPatternConfig?.Values ?? Values)?.includes(apiPath)),
  );
  if (exists) return;
  await elb.send(
    new CreateRuleCommand({
      ListenerArn: listenerArn,
      Priority: 10,
      Conditions: [{ Field: "path-pattern", PathPatternConfig: { Values: [apiPath] } }],
      Actions: [{ Type: "forward", TargetGroupArn: targetGroup }],
    }),
  );
}

/** The `LoadBalancer` and `TargetGroup` dimensions of CloudWatch are parts of the ARNs. */
export function metricDimensions(loadBalancerArn: string, targetGroupArn: string): { Name: string; Value: string }[] {
  return [
    { Name: "LoadBalancer", Value: present(loadBalancerArn.split("loadbalancer/")[1], "a load balancer ARN") },
    { Name: "TargetGroup", Value: present(targetGroupArn.split(":").at(-1), "a target group ARN") },
  ];
}
