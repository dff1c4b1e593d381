import {
  AddTagsCommand,
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  DeleteListenerCommand,
  DeleteLoadBalancerCommand,
  DeleteRuleCommand,
  DeleteTargetGroupCommand,
  DeregisterTargetsCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTagsCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
  ModifyRuleCommand,
  ModifyTargetGroupAttributesCommand,
  ModifyTargetGroupCommand,
  RegisterTargetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checked, settings } from "./clients.ts";
import { freePort, isRemote, startLocal } from "./local.ts";
import type { Local } from "./local.ts";

let local: Local | undefined;
let elb: ElasticLoadBalancingV2Client;
const suffix = Date.now().toString(36);
// A real account needs its own network.
const subnets = process.env["REMOTE_SUBNETS"]?.split(",") ?? ["subnet-1", "subnet-2"];
const vpcId = process.env["REMOTE_VPC"] ?? "vpc-1";

beforeAll(async () => {
  local = isRemote ? undefined : await startLocal();
  elb = checked(new ElasticLoadBalancingV2Client({ ...settings(local?.url ?? ""), maxAttempts: 1 }));
});
afterAll(() => local?.stop());

async function group(name: string) {
  const created = await elb.send(
    new CreateTargetGroupCommand({
      Name: `${name}-${suffix}`,
      Protocol: "HTTP",
      Port: 8081,
      VpcId: vpcId,
      TargetType: "ip",
    }),
  );
  return created.TargetGroups?.[0]?.TargetGroupArn ?? "";
}

async function balancer(name: string) {
  const input = { Name: `${name}-${suffix}`, Subnets: subnets, Tags: [{ Key: "team", Value: "deck" }] };
  const created = await elb.send(new CreateLoadBalancerCommand(input));
  return created.LoadBalancers?.[0]?.LoadBalancerArn ?? "";
}

describe("target groups", () => {
  test("are created once, described, modified and deleted", async () => {
    const arn = await group("once");
    expect(await group("once")).toBe(arn);
    expect(arn).toMatch(/^arn:aws:elasticloadbalancing:[\w-]+:\d{12}:targetgroup\/once-\w+\/[0-9a-f]{16}$/);
    const modified = await elb.send(
      new ModifyTargetGroupCommand({
        TargetGroupArn: arn,
        HealthCheckPath: "/health",
        Matcher: { HttpCode: "200-204" },
      }),
    );
    expect(modified.TargetGroups?.[0]).toMatchObject({
      HealthCheckPath: "/health",
      HealthCheckIntervalSeconds: 30,
      Matcher: { HttpCode: "200-204" },
      LoadBalancerArns: [],
    });
    await elb.send(
      new ModifyTargetGroupAttributesCommand({
        TargetGroupArn: arn,
        Attributes: [{ Key: "deregistration_delay.timeout_seconds", Value: "30" }],
      }),
    );
    const { Attributes } = await elb.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn: arn }));
    expect(Attributes).toContainEqual({ Key: "deregistration_delay.timeout_seconds", Value: "30" });
    await elb.send(new DeleteTargetGroupCommand({ TargetGroupArn: arn }));
    await elb.send(new DeleteTargetGroupCommand({ TargetGroupArn: arn }));
    await expect(elb.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [arn] }))).rejects.toMatchObject({
      name: "TargetGroupNotFoundException",
      message: "One or more target groups not found",
    });
  });

  test("refuse a name in use with other settings, and settings out of range", async () => {
    const arn = await group("other");
    const again = new CreateTargetGroupCommand({
      Name: `other-${suffix}`,
      Protocol: "HTTP",
      Port: 9,
      VpcId: vpcId,
      TargetType: "ip",
    });
    await expect(elb.send(again)).rejects.toMatchObject({ name: "DuplicateTargetGroupNameException" });
    const interval = new ModifyTargetGroupCommand({ TargetGroupArn: arn, HealthCheckIntervalSeconds: 1 });
    await expect(elb.send(interval)).rejects.toMatchObject({ name: "ValidationError" });
    const delay = new ModifyTargetGroupAttributesCommand({
      TargetGroupArn: arn,
      Attributes: [{ Key: "deregistration_delay.timeout_seconds", Value: "9999" }],
    });
    await expect(elb.send(delay)).rejects.toMatchObject({ name: "InvalidConfigurationRequestException" });
    await elb.send(new DeleteTargetGroupCommand({ TargetGroupArn: arn }));
  });

  test("describe targets of a group that no listener uses as unused", async () => {
    const arn = await group("unused");
    await elb.send(new RegisterTargetsCommand({ TargetGroupArn: arn, Targets: [{ Id: "10.0.0.9", Port: 8081 }] }));
    const { TargetHealthDescriptions: found } = await elb.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: arn }),
    );
    expect(found).toMatchObject([
      { Target: { Id: "10.0.0.9", Port: 8081 }, TargetHealth: { State: "unused", Reason: "Target.NotInUse" } },
    ]);
    const stranger = { TargetGroupArn: arn, Targets: [{ Id: "10.0.0.8", Port: 1 }] };
    const asked = await elb.send(new DescribeTargetHealthCommand(stranger));
    expect(asked.TargetHealthDescriptions?.[0]?.TargetHealth).toMatchObject({
      State: "unused",
      Reason: "Target.NotRegistered",
    });
    await elb.send(new DeregisterTargetsCommand({ TargetGroupArn: arn, Targets: [{ Id: "10.0.0.9" }] }));
    await elb.send(new DeleteTargetGroupCommand({ TargetGroupArn: arn }));
  });
});

test("pages, and a marker that was not ours is refused", async () => {
  const arns = [await group("page-a"), await group("page-b")];
  const first = await elb.send(new DescribeTargetGroupsCommand({ PageSize: 1 }));
  expect(first.TargetGroups).toHaveLength(1);
  const second = await elb.send(new DescribeTargetGroupsCommand({ PageSize: 1, Marker: first.NextMarker }));
  expect(second.TargetGroups?.[0]?.TargetGroupArn).not.toBe(first.TargetGroups?.[0]?.TargetGroupArn);
  await expect(elb.send(new DescribeTargetGroupsCommand({ Marker: "x!" }))).rejects.toMatchObject({
    name: "ValidationError",
  });
  for (const arn of arns) await elb.send(new DeleteTargetGroupCommand({ TargetGroupArn: arn }));
});

test("a load balancer with its listener, rules and tags, from creation to deletion", async () => {
  const port = isRemote ? 80 : await freePort();
  const arn = await balancer("shop");
  expect(await balancer("shop")).toBe(arn);
  const [blue, green] = [await group("blue"), await group("green")];
  const described = await elb.send(new DescribeLoadBalancersCommand({ Names: [`shop-${suffix}`] }));
  expect(described.LoadBalancers?.[0]).toMatchObject({
    LoadBalancerArn: arn,
    Type: "application",
    Scheme: "internet-facing",
  });
  expect(described.LoadBalancers?.[0]?.CreatedTime).toBeInstanceOf(Date);

  const listen = { LoadBalancerArn: arn, Port: port, Protocol: "HTTP" as const };
  const forward = { Type: "forward" as const, TargetGroupArn: blue };
  const listener = await elb.send(new CreateListenerCommand({ ...listen, DefaultActions: [forward] }));
  const listenerArn = listener.Listeners?.[0]?.ListenerArn ?? "";
  expect(listenerArn).toMatch(/:listener\/app\/shop-\w+\/[0-9a-f]{16}\/[0-9a-f]{16}$/);
  expect(listener.Listeners?.[0]?.DefaultActions?.[0]).toMatchObject(forward);
  const same = await elb.send(new CreateListenerCommand({ ...listen, DefaultActions: [forward] }));
  expect(same.Listeners?.[0]?.ListenerArn).toBe(listenerArn);
  const otherwise = new CreateListenerCommand({
    ...listen,
    DefaultActions: [{ Type: "forward", TargetGroupArn: green }],
  });
  await expect(elb.send(otherwise)).rejects.toMatchObject({ name: "DuplicateListenerException" });

  const weights = [
    { TargetGroupArn: blue, Weight: 90 },
    { TargetGroupArn: green, Weight: 10 },
  ];
  const ruleInput = {
    ListenerArn: listenerArn,
    Priority: 10,
    Conditions: [{ Field: "path-pattern", Values: ["/api/*"] }],
    Actions: [{ Type: "forward" as const, ForwardConfig: { TargetGroups: weights } }],
  };
  const rule = await elb.send(new CreateRuleCommand(ruleInput));
  const ruleArn = rule.Rules?.[0]?.RuleArn ?? "";
  expect(rule.Rules?.[0]?.Actions?.[0]?.ForwardConfig?.TargetGroups).toEqual(weights);
  await expect(elb.send(new CreateRuleCommand(ruleInput))).rejects.toMatchObject({ name: "PriorityInUseException" });
  await expect(elb.send(new DeleteTargetGroupCommand({ TargetGroupArn: green }))).rejects.toMatchObject({
    name: "ResourceInUseException",
  });
  const rules = await elb.send(new DescribeRulesCommand({ ListenerArn: listenerArn }));
  expect(rules.Rules?.map((one) => [one.Priority, one.IsDefault])).toEqual([
    ["10", false],
    ["default", true],
  ]);
  const modify = {
    RuleArn: ruleArn,
    Conditions: [{ Field: "host-header", HostHeaderConfig: { Values: ["*.example.com"] } }],
  };
  const modified = await elb.send(new ModifyRuleCommand(modify));
  expect(modified.Rules?.[0]?.Conditions?.[0]).toMatchObject({
    Field: "host-header",
    HostHeaderConfig: { Values: ["*.example.com"] },
  });

  await elb.send(new AddTagsCommand({ ResourceArns: [listenerArn], Tags: [{ Key: "stage", Value: "<a & b>" }] }));
  const tags = await elb.send(new DescribeTagsCommand({ ResourceArns: [arn, listenerArn] }));
  expect(tags.TagDescriptions?.map((one) => one.Tags)).toEqual([
    [{ Key: "team", Value: "deck" }],
    [{ Key: "stage", Value: "<a & b>" }],
  ]);

  await elb.send(
    new ModifyListenerCommand({
      ListenerArn: listenerArn,
      DefaultActions: [{ Type: "forward", TargetGroupArn: green }],
    }),
  );
  await elb.send(new DeleteRuleCommand({ RuleArn: ruleArn }));
  await expect(elb.send(new DeleteRuleCommand({ RuleArn: ruleArn }))).rejects.toMatchObject({
    name: "RuleNotFoundException",
  });
  await elb.send(new DeleteListenerCommand({ ListenerArn: listenerArn }));
  const left = await elb.send(new DescribeListenersCommand({ LoadBalancerArn: arn }));
  expect(left.Listeners ?? []).toEqual([]);
  await elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: arn }));
  await expect(elb.send(new DescribeLoadBalancersCommand({ LoadBalancerArns: [arn] }))).rejects.toMatchObject({
    name: "LoadBalancerNotFoundException",
  });
  for (const one of [blue, green]) await elb.send(new DeleteTargetGroupCommand({ TargetGroupArn: one }));
});

test.skipIf(isRemote)("a taken port is a clear error and leaves nothing behind", async () => {
  const arn = await balancer("taken");
  const groupArn = await group("taken");
  const taken = Number(new URL(local?.url ?? "").port);
  const listen = { LoadBalancerArn: arn, Port: taken, Protocol: "HTTP" as const };
  await expect(
    elb.send(new CreateListenerCommand({ ...listen, DefaultActions: [{ Type: "forward", TargetGroupArn: groupArn }] })),
  ).rejects.toMatchObject({ message: `Port ${taken} of this machine is taken by another process` });
  expect((await elb.send(new DescribeListenersCommand({ LoadBalancerArn: arn }))).Listeners ?? []).toEqual([]);
});

test.skipIf(isRemote)("another account sees nothing", async () => {
  const arn = await group("mine");
  const other = checked(new ElasticLoadBalancingV2Client(settings(local?.url ?? "", "123456789012")));
  expect((await other.send(new DescribeTargetGroupsCommand({}))).TargetGroups ?? []).toEqual([]);
  await expect(other.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [arn] }))).rejects.toMatchObject({
    name: "TargetGroupNotFoundException",
  });
});

test("tags that are refused change nothing, and go with what they are on", async () => {
  const arn = await balancer("tags");
  const tags = async () => {
    const { TagDescriptions: found } = await elb.send(new DescribeTagsCommand({ ResourceArns: [arn] }));
    return found?.[0]?.Tags;
  };
  const put = (...keys: string[]) =>
    elb.send(new AddTagsCommand({ ResourceArns: [arn], Tags: keys.map((Key) => ({ Key, Value: "x" })) }));
  await expect(put("a", "a")).rejects.toMatchObject({ name: "DuplicateTagKeysException" });
  await expect(put(...Array.from({ length: 50 }, (_, index) => `k${index}`))).rejects.toMatchObject({
    name: "TooManyTagsException",
  });
  expect(await tags()).toEqual([{ Key: "team", Value: "deck" }]);
  const Name = `tagged-${suffix}`;
  const created = new CreateLoadBalancerCommand({ Name, Subnets: subnets, Tags: [{ Key: "aws:x", Value: "x" }] });
  await expect(elb.send(created)).rejects.toMatchObject({ name: "ValidationError" });
  await expect(elb.send(new DescribeLoadBalancersCommand({ Names: [Name] }))).rejects.toMatchObject({
    name: "LoadBalancerNotFoundException",
  });
  await elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: arn }));
  await expect(tags()).rejects.toMatchObject({ name: "LoadBalancerNotFoundException" });
});

test("a call names at most twenty load balancers", async () => {
  const arn = await balancer("twenty");
  const arns = Array.from({ length: 21 }, () => arn);
  await expect(elb.send(new DescribeLoadBalancersCommand({ LoadBalancerArns: arns }))).rejects.toMatchObject({
    name: "ValidationError",
  });
  await expect(elb.send(new DescribeTagsCommand({ ResourceArns: arns }))).rejects.toMatchObject({
    name: "ValidationError",
  });
  await elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: arn }));
});
