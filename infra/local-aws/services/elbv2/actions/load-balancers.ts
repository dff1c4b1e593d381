import type {
  CreateLoadBalancerInput,
  DeleteLoadBalancerInput,
  DescribeLoadBalancerAttributesInput,
  DescribeLoadBalancersInput,
  ModifyLoadBalancerAttributesInput,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { AwsError } from "../../../contract.ts";
import type { Caller } from "../../../contract.ts";
import { arn, isOwn } from "../../place.ts";
import { newId } from "../elb.ts";
import type { Elb } from "../elb.ts";
import { pageOf } from "../page.ts";
import { listenersOf, loadBalancerOf, rulesOf } from "../state.ts";
import type { LoadBalancerRecord } from "../state.ts";
import { applyAttributes, listAttributes } from "../attributes.ts";
import { checkName, saveTags } from "../validate.ts";

const DEFAULT_VPC = "vpc-00000000000000000";
const ZONE_ID = "Z35SXDOTRQ7X7K";

function shown(elb: Elb, record: LoadBalancerRecord) {
  const region = record.arn.split(":")[3] ?? "";
  return {
    LoadBalancerArn: record.arn,
    DNSName: elb.core.options.host === "0.0.0.0" ? "localhost" : elb.core.options.host,
    CanonicalHostedZoneId: ZONE_ID,
    CreatedTime: new Date(record.createdAt),
    LoadBalancerName: record.name,
    Scheme: record.scheme,
    VpcId: record.vpcId,
    State: { Code: "active" },
    Type: "application",
    AvailabilityZones: record.subnets.map((subnet, index) => ({
      ZoneName: `${region}${String.fromCharCode(97 + (index % 6))}`,
      SubnetId: subnet,
      LoadBalancerAddresses: [],
    })),
    SecurityGroups: record.securityGroups,
    IpAddressType: "ipv4",
  };
}

/** Idempotent by name: the same settings answer the same load balancer. */
export function createLoadBalancer(elb: Elb, input: CreateLoadBalancerInput, caller: Caller) {
  const name = checkName(input.Name, "load balancer");
  if (input.Type !== undefined && input.Type !== "application") {
    throw new AwsError(
      "InvalidConfigurationRequest",
      `Local AWS has application load balancers only, not '${input.Type}'`,
    );
  }
  const settings = {
    scheme: input.Scheme ?? "internet-facing",
    subnets: input.Subnets ?? [],
    securityGroups: input.SecurityGroups ?? [],
  };
  const known = Object.values(elb.state.loadBalancers).find((one) => one.name === name && isOwn(caller, one.arn));
  if (known) {
    const { scheme, subnets, securityGroups } = known;
    if (JSON.stringify({ scheme, subnets, securityGroups }) !== JSON.stringify(settings)) {
      const message = `A load balancer with the same name '${name}' exists, but with different settings`;
      throw new AwsError("DuplicateLoadBalancerName", message);
    }
    caller.record?.("none", known.arn);
    return { LoadBalancers: [shown(elb, known)] };
  }
  const record: LoadBalancerRecord = {
    arn: arn("elasticloadbalancing", caller, `loadbalancer/app/${name}/${newId()}`),
    name,
    ...settings,
    vpcId: DEFAULT_VPC,
    createdAt: elb.core.clock.now(),
    attributes: { "idle_timeout.timeout_seconds": "60", "deletion_protection.enabled": "false" },
  };
  elb.state.loadBalancers[record.arn] = record;
  saveTags(elb, record.arn, input.Tags);
  elb.changed();
  caller.record?.("changed", record.arn);
  return { LoadBalancers: [shown(elb, record)] };
}

export function describeLoadBalancers(elb: Elb, input: DescribeLoadBalancersInput, caller: Caller) {
  const own = Object.values(elb.state.loadBalancers).filter((one) => isOwn(caller, one.arn));
  for (const name of input.Names ?? []) {
    if (!own.some((one) => one.name === name))
      throw new AwsError("LoadBalancerNotFound", `Load balancers '[${name}]' not found`);
  }
  for (const one of input.LoadBalancerArns ?? []) loadBalancerOf(elb.state, caller, one);
  const wanted = own
    .filter((one) => !input.Names?.length || input.Names.includes(one.name))
    .filter((one) => !input.LoadBalancerArns?.length || input.LoadBalancerArns.includes(one.arn));
  const { items, ...marker } = pageOf(wanted, input);
  return { LoadBalancers: items.map((one) => shown(elb, one)), ...marker };
}

/** Deletes listeners and rules with it; a load balancer that does not exist is deleted already. */
export async function deleteLoadBalancer(elb: Elb, input: DeleteLoadBalancerInput, caller: Caller) {
  const loadBalancerArn = input.LoadBalancerArn ?? "";
  const record = isOwn(caller, loadBalancerArn) ? elb.state.loadBalancers[loadBalancerArn] : undefined;
  if (!record) return caller.record?.("none", loadBalancerArn);
  if (record.attributes["deletion_protection.enabled"] === "true") {
    throw new AwsError(
      "OperationNotPermitted",
      `Load balancer '${loadBalancerArn}' cannot be deleted because deletion protection is enabled`,
    );
  }
  for (const listener of listenersOf(elb.state, loadBalancerArn)) {
    for (const rule of rulesOf(elb.state, listener.arn)) delete elb.state.rules[rule.arn];
    delete elb.state.listeners[listener.arn];
    await elb.listeners.close(listener.arn);
  }
  delete elb.state.loadBalancers[loadBalancerArn];
  delete elb.state.tags[loadBalancerArn];
  elb.changed();
  caller.record?.("changed", loadBalancerArn);
}

export function describeLoadBalancerAttributes(elb: Elb, input: DescribeLoadBalancerAttributesInput, caller: Caller) {
  return { Attributes: listAttributes(loadBalancerOf(elb.state, caller, input.LoadBalancerArn).attributes) };
}

export function modifyLoadBalancerAttributes(elb: Elb, input: ModifyLoadBalancerAttributesInput, caller: Caller) {
  const record = loadBalancerOf(elb.state, caller, input.LoadBalancerArn);
  record.attributes = applyAttributes("load balancer", record.attributes, input.Attributes);
  elb.changed();
  caller.record?.("changed", record.arn);
  return { Attributes: listAttributes(record.attributes) };
}
