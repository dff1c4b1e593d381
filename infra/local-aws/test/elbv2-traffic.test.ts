import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { CloudWatchClient, GetMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checked, settings } from "./clients.ts";
import { freePort, startLocal, until } from "./local.ts";
import type { Local } from "./local.ts";

let local: Local;
let shop: Server;
let elb: ElasticLoadBalancingV2Client;
let cloudwatch: CloudWatchClient;
let listenerPort: number;
let loadBalancerArn: string;
let groupArn: string;

beforeAll(async () => {
  local = await startLocal({ timeScale: 300 });
  shop = createServer((request, response) => {
    response.statusCode = request.url === "/broken" ? 500 : 200;
    response.end("shop");
  });
  await new Promise<void>((resolve) => shop.listen(0, "127.0.0.1", resolve));
  elb = checked(new ElasticLoadBalancingV2Client(settings(local.url)));
  cloudwatch = checked(new CloudWatchClient(settings(local.url)));
  listenerPort = await freePort();
  const group = { Name: "shop", Protocol: "HTTP", Port: 80, TargetType: "ip", HealthCheckIntervalSeconds: 5 } as const;
  groupArn =
    (await elb.send(new CreateTargetGroupCommand({ ...group, HealthCheckTimeoutSeconds: 2 }))).TargetGroups?.[0]
      ?.TargetGroupArn ?? "";
  loadBalancerArn =
    (await elb.send(new CreateLoadBalancerCommand({ Name: "shop" }))).LoadBalancers?.[0]?.LoadBalancerArn ?? "";
  const listener = { LoadBalancerArn: loadBalancerArn, Port: listenerPort, Protocol: "HTTP" } as const;
  await elb.send(
    new CreateListenerCommand({ ...listener, DefaultActions: [{ Type: "forward", TargetGroupArn: groupArn }] }),
  );
});
afterAll(async () => {
  await local.stop();
  shop.closeAllConnections();
  shop.close();
});

const get = async (path: string) =>
  (await fetch(`http://127.0.0.1:${listenerPort}${path}`, { headers: { connection: "close" } })).status;

const healthy = () =>
  until(
    async () =>
      (await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn: groupArn }))).TargetHealthDescriptions,
    (targets) => targets?.[0]?.TargetHealth?.State === "healthy",
  );

/** Sum of a metric since the test began, per load balancer or per group within it. */
async function total(MetricName: string, scope: "balancer" | "group", Stat = "Sum"): Promise<number> {
  const Dimensions = [{ Name: "LoadBalancer", Value: loadBalancerArn.split("loadbalancer/")[1] }];
  if (scope === "group") Dimensions.push({ Name: "TargetGroup", Value: groupArn.split(":").at(-1) });
  const Metric = { Namespace: "AWS/ApplicationELB", MetricName, Dimensions };
  const answer = await cloudwatch.send(
    new GetMetricDataCommand({
      MetricDataQueries: [{ Id: "m", MetricStat: { Metric, Period: 60, Stat } }],
      StartTime: new Date(Date.now() - 600_000),
      EndTime: new Date(Date.now() + 1000),
    }),
  );
  return (answer.MetricDataResults?.[0]?.Values ?? []).reduce((sum, value) => sum + value, 0);
}

test("traffic is counted for the load balancer and for the group", async () => {
  expect(await get("/")).toBe(503);
  const { port } = shop.address() as AddressInfo;
  await elb.send(new RegisterTargetsCommand({ TargetGroupArn: groupArn, Targets: [{ Id: "127.0.0.1", Port: port }] }));
  await healthy();
  expect([await get("/"), await get("/a"), await get("/broken")]).toEqual([200, 200, 500]);
  for (const scope of ["balancer", "group"] as const) {
    expect(await total("RequestCount", scope)).toBe(3);
    expect(await total("HTTPCode_Target_2XX_Count", scope)).toBe(2);
    expect(await total("HTTPCode_Target_5XX_Count", scope)).toBe(1);
    expect(await total("TargetResponseTime", scope, "SampleCount")).toBe(3);
    expect(await total("TargetResponseTime", scope, "p90")).toBeGreaterThan(0);
  }
  expect(await total("HTTPCode_ELB_5XX_Count", "balancer")).toBe(1);
  await until(
    () => total("HealthyHostCount", "group"),
    (hosts) => hosts > 0,
  );
});

test("listeners and the targets of the API are back after a restart", async () => {
  await local.restart();
  await healthy();
  expect(await get("/")).toBe(200);
});
