import type {
  CreateTargetGroupInput,
  DeleteTargetGroupInput,
  DescribeTargetGroupAttributesInput,
  DescribeTargetGroupsInput,
  ModifyTargetGroupAttributesInput,
  ModifyTargetGroupInput,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { AwsError } from "../../../contract.ts";
import type { Caller } from "../../../contract.ts";
import { arn, isOwn } from "../../place.ts";
import { applyAttributes, listAttributes } from "../attributes.ts";
import { newId } from "../elb.ts";
import type { Elb } from "../elb.ts";
import { pageOf } from "../page.ts";
import { loadBalancerOf, loadBalancersUsing, targetGroupOf } from "../state.ts";
import type { TargetGroupRecord } from "../state.ts";
import { checkName, checkPort, DEFAULT_HEALTH_CHECK, healthCheckFrom, saveTags } from "../validate.ts";

function shown(elb: Elb, record: TargetGroupRecord) {
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
    LoadBalancerArns: loadBalancersUsing(elb.state, record.arn),
    TargetType: record.targetType,
    ProtocolVersion: record.protocolVersion,
    IpAddressType: "ipv4",
  };
}

/** Idempotent by name: the same settings answer the same group. */
export function createTargetGroup(elb: Elb, input: CreateTargetGroupInput, caller: Caller) {
  const name = checkName(input.Name, "target group");
  const protocol = input.Protocol ?? "HTTP";
  const targetType = input.TargetType ?? "instance";
  if (protocol !== "HTTP")
    throw new AwsError("InvalidConfigurationRequest", `Local AWS has HTTP target groups only, not '${protocol}'`);
  if (targetType !== "ip" && targetType !== "instance") {
    throw new AwsError(
      "InvalidConfigurationRequest",
      `Local AWS has targets of type ip and instance only, not '${targetType}'`,
    );
  }
  const settings = {
    protocol,
    protocolVersion: input.ProtocolVersion ?? "HTTP1",
    port: checkPort(input.Port),
    vpcId: input.VpcId ?? "",
    targetType,
    healthCheck: healthCheckFrom(input, DEFAULT_HEALTH_CHECK),
  };
  const known = Object.values(elb.state.targetGroups).find((one) => one.name === name && isOwn(caller, one.arn));
  if (known) {
    const { arn: _arn, name: _name, attributes: _attributes, ...same } = known;
    if (JSON.stringify(same) !== JSON.stringify(settings)) {
      const message = `A target group with the same name '${name}' exists, but with different settings`;
      throw new AwsError("DuplicateTargetGroupName", message);
    }
    caller.record?.("none", known.arn);
    return { TargetGroups: [shown(elb, known)] };
  }
  const record: TargetGroupRecord = {
    arn: arn("elasticloadbalancing", caller, `targetgroup/${name}/${newId()}`),
    name,
    ...settings,
    attributes: { "deregistration_delay.timeout_seconds": "300", "stickiness.enabled": "false" },
  };
  elb.state.targetGroups[record.arn] = record;
  saveTags(elb, record.arn, input.Tags);
  elb.changed();
  caller.record?.("changed", record.arn);
  return { TargetGroups: [shown(elb, record)] };
}

export function describeTargetGroups(elb: Elb, input: DescribeTargetGroupsInput, caller: Caller) {
  const own = Object.values(elb.state.targetGroups).filter((one) => isOwn(caller, one.arn));
  for (const name of input.Names ?? []) {
    if (!own.some((one) => one.name === name))
      throw new AwsError("TargetGroupNotFound", "One or more target groups not found");
  }
  for (const one of input.TargetGroupArns ?? []) targetGroupOf(elb.state, caller, one);
  const { LoadBalancerArn: usedBy } = input;
  if (usedBy !== undefined) loadBalancerOf(elb.state, caller, usedBy);
  const wanted = own
    .filter((one) => !input.Names?.length || input.Names.includes(one.name))
    .filter((one) => !input.TargetGroupArns?.length || input.TargetGroupArns.includes(one.arn))
    .filter((one) => usedBy === undefined || loadBalancersUsing(elb.state, one.arn).includes(usedBy));
  const { items, ...marker } = pageOf(wanted, input);
  return { TargetGroups: items.map((one) => shown(elb, one)), ...marker };
}

export function modifyTargetGroup(elb: Elb, input: ModifyTargetGroupInput, caller: Caller) {
  const record = targetGroupOf(elb.state, caller, input.TargetGroupArn);
  record.healthCheck = healthCheckFrom(input, record.healthCheck);
  elb.changed();
  caller.record?.("changed", record.arn);
  return { TargetGroups: [shown(elb, record)] };
}

export function deleteTargetGroup(elb: Elb, input: DeleteTargetGroupInput, caller: Caller) {
  const groupArn = input.TargetGroupArn ?? "";
  if (!isOwn(caller, groupArn) || !elb.state.targetGroups[groupArn]) return caller.record?.("none", groupArn);
  if (loadBalancersUsing(elb.state, groupArn).length > 0) {
    throw new AwsError("ResourceInUse", `Target group '${groupArn}' is currently in use by a listener or a rule`);
  }
  delete elb.state.targetGroups[groupArn];
  delete elb.state.targets[groupArn];
  delete elb.state.tags[groupArn];
  elb.pool.drop(groupArn);
  elb.changed();
  caller.record?.("changed", groupArn);
}

export function describeTargetGroupAttributes(elb: Elb, input: DescribeTargetGroupAttributesInput, caller: Caller) {
  return { Attributes: listAttributes(targetGroupOf(elb.state, caller, input.TargetGroupArn).attributes) };
}

export function modifyTargetGroupAttributes(elb: Elb, input: ModifyTargetGroupAttributesInput, caller: Caller) {
  const record = targetGroupOf(elb.state, caller, input.TargetGroupArn);
  record.attributes = applyAttributes("Target group", record.attributes, input.Attributes);
  elb.changed();
  caller.record?.("changed", record.arn);
  return { Attributes: listAttributes(record.attributes) };
}
