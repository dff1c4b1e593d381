import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { batches, inTurns } from "./batches.ts";
import type { Clients } from "./clients.ts";
import { awsCall } from "./failure.ts";

/** DescribeTargetGroups and DescribeLoadBalancers take twenty ARNs. */
const batchSize = 20;

async function loadBalancersOf({ elb }: Clients, groups: string[]): Promise<Map<string, string>> {
  const target = { operation: "elasticloadbalancing:DescribeTargetGroups", resource: "target groups of services" };
  const answers = await inTurns(batches(groups, batchSize), 2, (TargetGroupArns) =>
    awsCall(target, (options) => elb.send(new DescribeTargetGroupsCommand({ TargetGroupArns }), options)),
  );
  const all = answers.flatMap((answer) => answer.TargetGroups ?? []);
  return new Map(all.map((one) => [one.TargetGroupArn ?? "", one.LoadBalancerArns?.[0] ?? ""]));
}

async function hostsOf({ elb }: Clients, balancers: string[]): Promise<Map<string, string>> {
  const target = { operation: "elasticloadbalancing:DescribeLoadBalancers", resource: "load balancers of services" };
  const answers = await inTurns(batches(balancers, batchSize), 2, (LoadBalancerArns) =>
    awsCall(target, (options) => elb.send(new DescribeLoadBalancersCommand({ LoadBalancerArns }), options)),
  );
  const all = answers.flatMap((answer) => answer.LoadBalancers ?? []);
  return new Map(all.map((one) => [one.LoadBalancerArn ?? "", one.DNSName ?? ""]));
}

const standard: Record<string, number> = { http: 80, https: 443 };

/** Where a load balancer listens: by HTTPS when it can. */
async function originOf({ elb }: Clients, LoadBalancerArn: string, host: string): Promise<string | undefined> {
  const target = { operation: "elasticloadbalancing:DescribeListeners", resource: `the load balancer ${host}` };
  const command = new DescribeListenersCommand({ LoadBalancerArn });
  const { Listeners } = await awsCall(target, (options) => elb.send(command, options));
  const web = (Listeners ?? []).filter((one) => one.Protocol === "HTTP" || one.Protocol === "HTTPS");
  const chosen = web.find((one) => one.Protocol === "HTTPS") ?? web[0];
  if (!chosen?.Port || !host) return undefined;
  const scheme = chosen.Protocol === "HTTPS" ? "https" : "http";
  return `${scheme}://${host}${standard[scheme] === chosen.Port ? "" : `:${chosen.Port}`}`;
}

/** Addresses under which target groups are reached, as far as load balancers tell: a rule's path is not looked at. */
export async function addressesOf(clients: Clients, groups: string[]): Promise<Map<string, string>> {
  const balancers = await loadBalancersOf(clients, [...new Set(groups)]);
  const used = [...new Set(balancers.values())].filter((arn) => arn !== "");
  const hosts = await hostsOf(clients, used);
  const origins = await inTurns(
    used,
    5,
    async (arn) => [arn, await originOf(clients, arn, hosts.get(arn) ?? "")] as const,
  );
  const originBy = new Map(origins);
  const addresses = [...balancers].map(([group, arn]) => [group, originBy.get(arn)] as const);
  return new Map(addresses.flatMap(([group, origin]) => (origin ? [[group, origin] as const] : [])));
}
