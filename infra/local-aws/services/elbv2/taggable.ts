import type { Place } from "../../contract.ts";
import { listenerOf, loadBalancerOf, ruleOf, targetGroupOf } from "./state.ts";
import type { ElbState } from "./state.ts";
import { checkCount, invalid } from "./validate.ts";

const MOST = 20;

/** ARNs of a call on tags: 1 to 20, all of things that exist. */
export function requireTaggable(state: ElbState, place: Place, arns: string[] | undefined): string[] {
  if (!arns?.length) throw invalid("At least one resource ARN must be specified");
  checkCount(arns, MOST, "resource ARNs");
  for (const arn of arns) assertExists(state, place, arn);
  return arns;
}

/** Throws the not-found error of the ARN's own kind. */
function assertExists(state: ElbState, place: Place, arn: string): void {
  const kind = arn.split(":")[5]?.split("/")[0];
  if (kind === "targetgroup") targetGroupOf(state, place, arn);
  else if (kind === "listener") listenerOf(state, place, arn);
  else if (kind === "listener-rule") ruleOf(state, place, arn);
  else loadBalancerOf(state, place, arn);
}
