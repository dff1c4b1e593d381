import type {
  CreateRuleInput,
  DeleteRuleInput,
  DescribeRulesInput,
  ModifyRuleInput,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { AwsError } from "../../../contract.ts";
import type { Caller } from "../../../contract.ts";
import { childArn, readAction, readConditions, showAction, showCondition } from "../action-codec.ts";
import { newId } from "../elb.ts";
import type { Elb } from "../elb.ts";
import { pageOf } from "../page.ts";
import { listenerOf, ruleOf, rulesOf } from "../state.ts";
import type { RuleRecord } from "../state.ts";
import { invalid, saveTags } from "../validate.ts";

const LOWEST_PRIORITY = 50_000;

function shown(rule: RuleRecord) {
  return {
    RuleArn: rule.arn,
    Priority: String(rule.priority),
    Conditions: rule.conditions.map(showCondition),
    Actions: showAction(rule.action),
    IsDefault: rule.priority === "default",
  };
}

export function createRule(elb: Elb, input: CreateRuleInput, caller: Caller) {
  const listener = listenerOf(elb.state, caller, input.ListenerArn);
  const priority = input.Priority;
  if (priority === undefined || !Number.isInteger(priority) || priority < 1 || priority > LOWEST_PRIORITY) {
    throw invalid(`Priority '${priority ?? ""}' must be between 1 and ${LOWEST_PRIORITY}`);
  }
  if (rulesOf(elb.state, listener.arn).some((one) => one.priority === priority)) {
    throw new AwsError("PriorityInUse", `Priority '${priority}' is currently in use`);
  }
  const rule: RuleRecord = {
    arn: childArn("listener-rule", listener.arn, newId()),
    listenerArn: listener.arn,
    priority,
    conditions: readConditions(input.Conditions),
    action: readAction(elb, caller, input.Actions, listener.loadBalancerArn),
  };
  elb.state.rules[rule.arn] = rule;
  saveTags(elb, rule.arn, input.Tags);
  elb.changed();
  caller.record?.("changed", rule.arn);
  return { Rules: [shown(rule)] };
}

export function describeRules(elb: Elb, input: DescribeRulesInput, caller: Caller) {
  const { ListenerArn: listenerArn, RuleArns: arns } = input;
  if (listenerArn === undefined && !arns?.length) throw invalid("You must specify either a listener ARN or rule ARNs");
  const found = arns?.length
    ? arns.map((one) => ruleOf(elb.state, caller, one))
    : rulesOf(elb.state, listenerOf(elb.state, caller, listenerArn).arn);
  const { items, ...marker } = pageOf(found, input);
  return { Rules: items.map(shown), ...marker };
}

export function modifyRule(elb: Elb, input: ModifyRuleInput, caller: Caller) {
  const rule = ruleOf(elb.state, caller, input.RuleArn);
  if (rule.priority === "default")
    throw new AwsError("OperationNotPermitted", `Default rule '${rule.arn}' cannot be modified`);
  const { loadBalancerArn = "" } = elb.state.listeners[rule.listenerArn] ?? {};
  const conditions = input.Conditions ? readConditions(input.Conditions) : rule.conditions;
  const action = input.Actions ? readAction(elb, caller, input.Actions, loadBalancerArn) : rule.action;
  rule.conditions = conditions;
  rule.action = action;
  elb.changed();
  caller.record?.("changed", rule.arn);
  return { Rules: [shown(rule)] };
}

export function deleteRule(elb: Elb, input: DeleteRuleInput, caller: Caller) {
  const rule = ruleOf(elb.state, caller, input.RuleArn);
  if (rule.priority === "default")
    throw new AwsError("OperationNotPermitted", `Default rule '${rule.arn}' cannot be deleted`);
  delete elb.state.rules[rule.arn];
  delete elb.state.tags[rule.arn];
  elb.changed();
  caller.record?.("changed", rule.arn);
}
