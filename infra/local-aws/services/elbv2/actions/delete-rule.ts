import type { DeleteRuleCommandInput } from "@aws-sdk/client-elastic-load-balancing-v2";
import { AwsError } from "../../../contract.ts";
import type { Caller } from "../../../contract.ts";
import type { Elb } from "../elb.ts";
import { ruleOf } from "../state.ts";

/** The default rule goes with its listener only. */
export function deleteRule({ state, changed }: Elb, input: DeleteRuleCommandInput, caller: Caller): void {
  const rule = ruleOf(state, caller, input.RuleArn);
  if (rule.priority === "default")
    throw new AwsError("OperationNotPermitted", `Default rule '${rule.arn}' cannot be deleted`);
  delete state.rules[rule.arn];
  delete state.tags[rule.arn];
  changed();
  caller.record?.("changed", rule.arn);
}
