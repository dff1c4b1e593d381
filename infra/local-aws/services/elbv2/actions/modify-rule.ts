import type { ModifyRuleCommandInput, ModifyRuleCommandOutput } from "@aws-sdk/client-elastic-load-balancing-v2";
import { AwsError } from "../../../contract.ts";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import { readAction, readConditions } from "../action-codec.ts";
import type { Elb } from "../elb.ts";
import { renderRule } from "../render/rule.ts";
import { ruleOf } from "../state.ts";

/** Conditions or actions that are not given stay as they are. */
export function modifyRule(elb: Elb, input: ModifyRuleCommandInput, caller: Caller): Answer<ModifyRuleCommandOutput> {
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
  return { Rules: [renderRule(rule)] };
}
