import type {
  ModifyListenerCommandInput,
  ModifyListenerCommandOutput,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import { readAction } from "../action-codec.ts";
import type { Elb } from "../elb.ts";
import { checkProtocol } from "../listener-protocol.ts";
import { renderListener } from "../render/listener.ts";
import { defaultRuleOf, listenerOf } from "../state.ts";
import { checkPort } from "../validate.ts";

/** A new port is opened before the old one closes, so that a taken one changes nothing. */
export async function modifyListener(
  elb: Elb,
  input: ModifyListenerCommandInput,
  caller: Caller,
): Promise<Answer<ModifyListenerCommandOutput>> {
  const listener = listenerOf(elb.state, caller, input.ListenerArn);
  const rule = defaultRuleOf(elb.state, listener.arn);
  const action = input.DefaultActions
    ? readAction(elb, caller, input.DefaultActions, listener.loadBalancerArn)
    : rule.action;
  const protocol = input.Protocol === undefined ? listener.protocol : checkProtocol(input.Protocol);
  const port = input.Port === undefined ? listener.port : checkPort(input.Port);
  if (port !== listener.port) {
    const before = await elb.listeners.move(listener, port);
    listener.port = port;
    await before.close();
  }
  listener.protocol = protocol;
  rule.action = action;
  elb.changed();
  caller.record?.("changed", listener.arn);
  return { Listeners: [renderListener(elb, listener)] };
}
