import type { Rule } from "@aws-sdk/client-elastic-load-balancing-v2";
import { showAction, showCondition } from "../action-codec.ts";
import type { RuleRecord } from "../state.ts";

export function renderRule(rule: RuleRecord): Rule {
  return {
    RuleArn: rule.arn,
    Priority: String(rule.priority),
    Conditions: rule.conditions.map(showCondition),
    Actions: showAction(rule.action),
    IsDefault: rule.priority === "default",
  };
}
