import type {
  DescribeListenersCommandInput,
  DescribeListenersCommandOutput,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import type { Elb } from "../elb.ts";
import { pageOf } from "../page.ts";
import { renderListener } from "../render/listener.ts";
import { listenerOf, listenersOf, loadBalancerOf } from "../state.ts";
import { invalid } from "../validate.ts";

/** By ARN, or those of a load balancer. */
export function describeListeners(
  elb: Elb,
  { LoadBalancerArn: loadBalancerArn, ListenerArns: arns = [], ...page }: DescribeListenersCommandInput,
  caller: Caller,
): Answer<DescribeListenersCommandOutput> {
  if (loadBalancerArn === undefined && arns.length === 0) {
    throw invalid("You must specify either listener ARNs or a load balancer ARN");
  }
  if (loadBalancerArn !== undefined) loadBalancerOf(elb.state, caller, loadBalancerArn);
  const found =
    arns.length > 0
      ? arns.map((arn) => listenerOf(elb.state, caller, arn))
      : listenersOf(elb.state, loadBalancerArn ?? "");
  const { items, ...marker } = pageOf(found, page);
  return { Listeners: items.map((one) => renderListener(elb, one)), ...marker };
}
