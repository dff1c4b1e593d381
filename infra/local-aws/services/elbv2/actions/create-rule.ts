import type { CreateRuleCommandInput, CreateRuleCommandOutput } from "@aws-sdk/client-elastic-load-balancing-v2";
import { AwsError } from "../../../contract.ts";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import { childArn, readAction, readConditions } from "../action-codec.ts";
import { newId } from "../elb.ts";
import type { Elb } from "../elb.ts";
import { renderRule } from "../render/rule.ts";
import { listenerOf, rulesOf } from "../state.ts";
import type { RuleRecord } from "../state.ts";
import { readTags } from "../tags.ts";
import { invalid } from "../validate.ts";

const LOWEST_PRIORITY = 50_000;

/** No two rules of a listener have the same priority. */
export function createRule(elb: Elb, input: CreateRuleCommandInput, caller: Caller): Answer<CreateRuleCommandOutput> {
  const listener = listenerOf(elb.state, caller, input.ListenerArn);
  const priority = input.Priority;
  const tags = readTags(input.Tags);
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
  elb.state.tags[rule.arn] = tags;
  elb.changed();
  caller.record?.("changed", rule.arn);
  return { Rules: [renderRule(rule)] };
}
