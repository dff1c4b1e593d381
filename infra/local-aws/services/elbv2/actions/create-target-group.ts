import type {
  CreateTargetGroupCommandInput,
  CreateTargetGroupCommandOutput,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { AwsError } from "../../../contract.ts";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import { arn, isOwn } from "../../place.ts";
import { newId } from "../elb.ts";
import type { Elb } from "../elb.ts";
import { renderTargetGroup } from "../render/target-group.ts";
import type { TargetGroupRecord } from "../state.ts";
import { readTags } from "../tags.ts";
import { checkName, checkPort, DEFAULT_HEALTH_CHECK, healthCheckFrom } from "../validate.ts";

/** Idempotent by name: the same settings answer the same group. */
export function createTargetGroup(
  elb: Elb,
  input: CreateTargetGroupCommandInput,
  caller: Caller,
): Answer<CreateTargetGroupCommandOutput> {
  const name = checkName(input.Name, "target group");
  const settings = readSettings(input);
  const tags = readTags(input.Tags);
  const known = Object.values(elb.state.targetGroups).find((one) => one.name === name && isOwn(caller, one.arn));
  if (known) {
    const { arn: _arn, name: _name, attributes: _attributes, ...same } = known;
    if (JSON.stringify(same) !== JSON.stringify(settings)) {
      const message = `A target group with the same name '${name}' exists, but with different settings`;
      throw new AwsError("DuplicateTargetGroupName", message);
    }
    caller.record?.("none", known.arn);
    return { TargetGroups: [renderTargetGroup(elb, known)] };
  }
  const record: TargetGroupRecord = {
    arn: arn("elasticloadbalancing", caller, `targetgroup/${name}/${newId()}`),
    name,
    ...settings,
    attributes: { "deregistration_delay.timeout_seconds": "300", "stickiness.enabled": "false" },
  };
  elb.state.targetGroups[record.arn] = record;
  elb.state.tags[record.arn] = tags;
  elb.changed();
  caller.record?.("changed", record.arn);
  return { TargetGroups: [renderTargetGroup(elb, record)] };
}

function readSettings(input: CreateTargetGroupCommandInput) {
  const { Protocol: protocol = "HTTP", TargetType: targetType = "instance" } = input;
  if (protocol !== "HTTP")
    throw new AwsError("InvalidConfigurationRequest", `Local AWS has HTTP target groups only, not '${protocol}'`);
  if (targetType !== "ip" && targetType !== "instance") {
    const message = `Local AWS has targets of type ip and instance only, not '${targetType}'`;
    throw new AwsError("InvalidConfigurationRequest", message);
  }
  return {
    protocol,
    protocolVersion: input.ProtocolVersion ?? "HTTP1",
    port: checkPort(input.Port),
    vpcId: input.VpcId ?? "",
    targetType,
    healthCheck: healthCheckFrom(input, DEFAULT_HEALTH_CHECK),
  };
}
