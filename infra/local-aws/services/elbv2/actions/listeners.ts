import type {
  CreateListenerInput,
  DeleteListenerInput,
  DescribeListenersInput,
  ModifyListenerInput,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { AwsError } from "../../../contract.ts";
import type { Caller } from "../../../contract.ts";
import { childArn, readAction, showListener } from "../action-codec.ts";
import { newId } from "../elb.ts";
import type { Elb } from "../elb.ts";
import { pageOf } from "../page.ts";
import { listenerOf, listenersOf, loadBalancerOf, rulesOf } from "../state.ts";
import type { ListenerRecord, RuleRecord } from "../state.ts";
import { checkPort, saveTags } from "../validate.ts";

function defaultRule(elb: Elb, listenerArn: string): RuleRecord {
  const rule = rulesOf(elb.state, listenerArn).at(-1);
  if (!rule) throw new Error(`listener ${listenerArn} has lost its default rule`);
  return rule;
}

const shown = (elb: Elb, listener: ListenerRecord) => showListener(listener, defaultRule(elb, listener.arn).action);

function checkProtocol(protocol: string | undefined): string {
  if (protocol === "HTTP") return protocol;
  throw new AwsError("InvalidConfigurationRequest", `Local AWS has HTTP listeners only, not '${protocol ?? ""}'`);
}

/** Opens the real port before it answers. The same settings again answer the same listener. */
export async function createListener(elb: Elb, input: CreateListenerInput, caller: Caller) {
  const { arn: loadBalancerArn } = loadBalancerOf(elb.state, caller, input.LoadBalancerArn);
  const port = checkPort(input.Port);
  const protocol = checkProtocol(input.Protocol);
  const action = readAction(elb, caller, input.DefaultActions, loadBalancerArn);
  const known = listenersOf(elb.state, loadBalancerArn).find((one) => one.port === port);
  if (known) {
    if (JSON.stringify(defaultRule(elb, known.arn).action) !== JSON.stringify(action)) {
      throw new AwsError(
        "DuplicateListener",
        `A listener already exists on this port for this load balancer '${loadBalancerArn}'`,
      );
    }
    caller.record?.("none", known.arn);
    return { Listeners: [shown(elb, known)] };
  }
  const listener: ListenerRecord = {
    arn: childArn("listener", loadBalancerArn, newId()),
    loadBalancerArn,
    port,
    protocol,
  };
  await elb.listeners.open(listener);
  const rule: RuleRecord = {
    arn: childArn("listener-rule", listener.arn, newId()),
    listenerArn: listener.arn,
    priority: "default",
    conditions: [],
    action,
  };
  elb.state.listeners[listener.arn] = listener;
  elb.state.rules[rule.arn] = rule;
  saveTags(elb, listener.arn, input.Tags);
  elb.changed();
  caller.record?.("changed", listener.arn);
  return { Listeners: [shown(elb, listener)] };
}

export function describeListeners(elb: Elb, input: DescribeListenersInput, caller: Caller) {
  const { LoadBalancerArn: loadBalancerArn, ListenerArns: arns } = input;
  if (loadBalancerArn === undefined && !arns?.length) {
    throw new AwsError("ValidationError", "You must specify either listener ARNs or a load balancer ARN");
  }
  if (loadBalancerArn !== undefined) loadBalancerOf(elb.state, caller, loadBalancerArn);
  const found = arns?.length
    ? arns.map((one) => listenerOf(elb.state, caller, one))
    : listenersOf(elb.state, loadBalancerArn ?? "");
  const { items, ...marker } = pageOf(found, input);
  return { Listeners: items.map((one) => shown(elb, one)), ...marker };
}

/** A new port is opened before the old one closes, so that a taken one changes nothing. */
export async function modifyListener(elb: Elb, input: ModifyListenerInput, caller: Caller) {
  const listener = listenerOf(elb.state, caller, input.ListenerArn);
  const rule = defaultRule(elb, listener.arn);
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
  return { Listeners: [shown(elb, listener)] };
}

export async function deleteListener(elb: Elb, input: DeleteListenerInput, caller: Caller) {
  const listener = listenerOf(elb.state, caller, input.ListenerArn);
  for (const rule of rulesOf(elb.state, listener.arn)) {
    delete elb.state.rules[rule.arn];
    delete elb.state.tags[rule.arn];
  }
  delete elb.state.listeners[listener.arn];
  delete elb.state.tags[listener.arn];
  elb.changed();
  caller.record?.("changed", listener.arn);
  await elb.listeners.close(listener.arn);
}
