import type {
  DescribeLoadBalancersCommandInput,
  DescribeLoadBalancersCommandOutput,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { AwsError } from "../../../contract.ts";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import { isOwn } from "../../place.ts";
import type { Elb } from "../elb.ts";
import { pageOf } from "../page.ts";
import { renderLoadBalancer } from "../render/load-balancer.ts";
import { loadBalancerOf } from "../state.ts";
import { checkCount } from "../validate.ts";

const MOST = 20;

/** By name or ARN, or all; one that does not exist refuses the call. */
export function describeLoadBalancers(
  elb: Elb,
  { Names: names = [], LoadBalancerArns: arns = [], ...page }: DescribeLoadBalancersCommandInput,
  caller: Caller,
): Answer<DescribeLoadBalancersCommandOutput> {
  checkCount([...names, ...arns], MOST, "load balancers");
  const own = Object.values(elb.state.loadBalancers).filter((one) => isOwn(caller, one.arn));
  for (const name of names) {
    if (!own.some((one) => one.name === name))
      throw new AwsError("LoadBalancerNotFound", `Load balancers '[${name}]' not found`);
  }
  for (const arn of arns) loadBalancerOf(elb.state, caller, arn);
  const wanted = own
    .filter((one) => names.length === 0 || names.includes(one.name))
    .filter((one) => arns.length === 0 || arns.includes(one.arn));
  const { items, ...marker } = pageOf(wanted, page);
  return { LoadBalancers: items.map((one) => renderLoadBalancer(elb, one)), ...marker };
}
