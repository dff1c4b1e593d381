import type {
  DeregisterTargetsInput,
  DescribeTargetHealthInput,
  RegisterTargetsInput,
  TargetDescription,
  TargetHealthDescription,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { AwsError } from "../../../contract.ts";
import type { Caller, Target } from "../../../contract.ts";
import type { Elb } from "../elb.ts";
import { healthWith } from "../health.ts";
import type { Member } from "../pool.ts";
import { apiTarget, targetGroupOf } from "../state.ts";
import type { TargetGroupRecord } from "../state.ts";
import { checkPort, invalid } from "../validate.ts";

function read(group: TargetGroupRecord, target: TargetDescription): Target {
  const address = target.Id ?? "";
  const port = checkPort(target.Port ?? group.port);
  if (!/^[\d.]+$|^[\da-fA-F:]+$/.test(address)) {
    throw new AwsError("InvalidTarget", `The IP address '${address}' is not a valid IPv4 or IPv6 address`);
  }
  return apiTarget(address, port);
}

export function registerTargets(elb: Elb, input: RegisterTargetsInput, caller: Caller) {
  const group = targetGroupOf(elb.state, caller, input.TargetGroupArn);
  if (!input.Targets?.length) throw invalid("At least one target must be specified");
  const targets = input.Targets.map((target) => read(group, target));
  const saved = (elb.state.targets[group.arn] ??= []);
  let changed = false;
  for (const { id, host, port } of targets) {
    if (saved.some((one) => one.id === host && one.port === port)) continue;
    saved.push({ id: host, port });
    elb.pool.register(group.arn, { id, host, port });
    changed = true;
  }
  elb.changed();
  caller.record?.(changed ? "changed" : "none", group.arn);
}

export function deregisterTargets(elb: Elb, input: DeregisterTargetsInput, caller: Caller) {
  const group = targetGroupOf(elb.state, caller, input.TargetGroupArn);
  if (!input.Targets?.length) throw invalid("At least one target must be specified");
  const members = input.Targets.flatMap((target) => find(elb, group, target));
  for (const member of members) {
    const saved = elb.state.targets[group.arn] ?? [];
    elb.state.targets[group.arn] = saved.filter((one) => apiTarget(one.id, one.port).id !== member.id);
    if (member.health.state !== "draining") elb.pool.deregister(group.arn, member.id, () => undefined);
  }
  elb.changed();
  caller.record?.(members.length > 0 ? "changed" : "none", group.arn);
}

/** Matches by address, or by the id under which ECS registered it; a port narrows it down. */
function find(elb: Elb, group: TargetGroupRecord, target: TargetDescription): Member[] {
  return elb.pool
    .members(group.arn)
    .filter((member) => [member.host, member.id].includes(target.Id ?? ""))
    .filter((member) => target.Port === undefined || member.port === target.Port);
}

export function describeTargetHealth(elb: Elb, input: DescribeTargetHealthInput, caller: Caller) {
  const group = targetGroupOf(elb.state, caller, input.TargetGroupArn);
  if (!input.Targets)
    return { TargetHealthDescriptions: elb.pool.members(group.arn).map((member) => shown(group, member)) };
  const asked = input.Targets.flatMap((target) => {
    const found = find(elb, group, target);
    return found.length > 0 ? found.map((member) => shown(group, member)) : [unknown(group, target)];
  });
  return { TargetHealthDescriptions: asked };
}

function shown(group: TargetGroupRecord, member: Member): TargetHealthDescription {
  const { health } = member;
  const id = member.id === apiTarget(member.host, member.port).id ? member.host : member.id;
  return {
    Target: { Id: id, Port: member.port, AvailabilityZone: `${group.arn.split(":")[3] ?? ""}a` },
    HealthCheckPort: group.healthCheck.port === "traffic-port" ? String(member.port) : group.healthCheck.port,
    TargetHealth: {
      State: health.state,
      ...(health.reason === undefined ? {} : { Reason: health.reason }),
      ...(health.description === undefined ? {} : { Description: health.description }),
    },
  };
}

function unknown(group: TargetGroupRecord, target: TargetDescription): TargetHealthDescription {
  const { state, reason, description } = healthWith("unused", "Target.NotRegistered");
  return {
    Target: { Id: target.Id, Port: target.Port ?? group.port },
    TargetHealth: { State: state, Reason: reason, Description: description },
  };
}
