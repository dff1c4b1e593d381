import type {
  CreateLoadBalancerCommandInput,
  CreateLoadBalancerCommandOutput,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { AwsError } from "../../../contract.ts";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import { arn, isOwn } from "../../place.ts";
import { newId } from "../elb.ts";
import type { Elb } from "../elb.ts";
import { renderLoadBalancer } from "../render/load-balancer.ts";
import type { LoadBalancerRecord } from "../state.ts";
import { readTags } from "../tags.ts";
import { checkName } from "../validate.ts";

const DEFAULT_VPC = "vpc-00000000000000000";

/** Idempotent by name: the same settings answer the same load balancer. */
export function createLoadBalancer(
  elb: Elb,
  input: CreateLoadBalancerCommandInput,
  caller: Caller,
): Answer<CreateLoadBalancerCommandOutput> {
  const name = checkName(input.Name, "load balancer");
  const settings = readSettings(input);
  const tags = readTags(input.Tags);
  const known = Object.values(elb.state.loadBalancers).find((one) => one.name === name && isOwn(caller, one.arn));
  if (known) {
    const { scheme, subnets, securityGroups } = known;
    if (JSON.stringify({ scheme, subnets, securityGroups }) !== JSON.stringify(settings)) {
      const message = `A load balancer with the same name '${name}' exists, but with different settings`;
      throw new AwsError("DuplicateLoadBalancerName", message);
    }
    caller.record?.("none", known.arn);
    return { LoadBalancers: [renderLoadBalancer(elb, known)] };
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
  elb.state.tags[record.arn] = tags;
  elb.changed();
  caller.record?.("changed", record.arn);
  return { LoadBalancers: [renderLoadBalancer(elb, record)] };
}

function readSettings({ Type: type = "application", ...input }: CreateLoadBalancerCommandInput) {
  if (type !== "application") {
    const message = `Local AWS has application load balancers only, not '${type}'`;
    throw new AwsError("InvalidConfigurationRequest", message);
  }
  return {
    scheme: input.Scheme ?? "internet-facing",
    subnets: input.Subnets ?? [],
    securityGroups: input.SecurityGroups ?? [],
  };
}
