import type { Listener } from "@aws-sdk/client-elastic-load-balancing-v2";
import { showAction } from "../action-codec.ts";
import type { Elb } from "../elb.ts";
import { defaultRuleOf } from "../state.ts";
import type { ListenerRecord } from "../state.ts";

export function renderListener({ state }: Elb, listener: ListenerRecord): Listener {
  return {
    ListenerArn: listener.arn,
    LoadBalancerArn: listener.loadBalancerArn,
    Port: listener.port,
    Protocol: listener.protocol,
    DefaultActions: showAction(defaultRuleOf(state, listener.arn).action),
  };
}
