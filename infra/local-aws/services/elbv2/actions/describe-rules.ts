import type { DescribeRulesCommandInput, DescribeRulesCommandOutput } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import type { Elb } from "../elb.ts";
import { pageOf } from "../page.ts";
import { renderRule } from "../render/rule.ts";
import { listenerOf, ruleOf, rulesOf } from "../state.ts";
import { invalid } from "../validate.ts";

/** By ARN, or those of a listener in the order in which they are tried. */
export function describeRules(
  { state }: Elb,
  { ListenerArn: listenerArn, RuleArns: arns = [], ...page }: DescribeRulesCommandInput,
  caller: Caller,
): Answer<DescribeRulesCommandOutput> {
  if (listenerArn === undefined && arns.length === 0)
    throw invalid("You must specify either a listener ARN or rule ARNs");
  const found =
    arns.length > 0
      ? arns.map((arn) => ruleOf(state, caller, arn))
      : rulesOf(state, listenerOf(state, caller, listenerArn).arn);
  const { items, ...marker } = pageOf(found, page);
  return { Rules: items.map(renderRule), ...marker };
}
