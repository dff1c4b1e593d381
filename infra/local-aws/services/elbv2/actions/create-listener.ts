import type {
  CreateListenerCommandInput,
  CreateListenerCommandOutput,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { AwsError } from "../../../contract.ts";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import { childArn, readAction } from "../action-codec.ts";
import { newId } from "../elb.ts";
import type { Elb } from "../elb.ts";
import { checkProtocol } from "../listener-protocol.ts";
import { renderListener } from "../render/listener.ts";
import { defaultRuleOf, listenersOf, loadBalancerOf } from "../state.ts";
import type { ListenerRecord, RuleRecord } from "../state.ts";
import { readTags } from "../tags.ts";
import { checkPort } from "../validate.ts";

/** Opens the real port before it answers. The same settings again answer the same listener. */
export async function createListener(
  elb: Elb,
  input: CreateListenerCommandInput,
  caller: Caller,
): Promise<Answer<CreateListenerCommandOutput>> {
  const { state } = elb;
  const { arn: loadBalancerArn } = loadBalancerOf(state, caller, input.LoadBalancerArn);
  const port = checkPort(input.Port);
  const tags = readTags(input.Tags);
  const protocol = checkProtocol(input.Protocol);
  const action = readAction(elb, caller, input.DefaultActions, loadBalancerArn);
  const known = listenersOf(state, loadBalancerArn).find((one) => one.port === port);
  if (known) {
    if (JSON.stringify(defaultRuleOf(state, known.arn).action) !== JSON.stringify(action)) {
      const message = `A listener already exists on this port for this load balancer '${loadBalancerArn}'`;
      throw new AwsError("DuplicateListener", message);
    }
    caller.record?.("none", known.arn);
    return { Listeners: [renderListener(elb, known)] };
  }
  const arn = childArn("listener", loadBalancerArn, newId());
  const listener: ListenerRecord = { arn, loadBalancerArn, port, protocol };
  await elb.listeners.open(listener);
  const rule: RuleRecord = {
    arn: childArn("listener-rule", arn, newId()),
    listenerArn: arn,
    priority: "default",
    conditions: [],
    action,
  };
  state.listeners[arn] = listener;
  state.rules[rule.arn] = rule;
  state.tags[arn] = tags;
  elb.changed();
  caller.record?.("changed", arn);
  return { Listeners: [renderListener(elb, listener)] };
}
