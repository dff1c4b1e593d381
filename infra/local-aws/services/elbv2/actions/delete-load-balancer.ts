import type { DeleteLoadBalancerCommandInput } from "@aws-sdk/client-elastic-load-balancing-v2";
import { AwsError } from "../../../contract.ts";
import type { Caller } from "../../../contract.ts";
import { isOwn } from "../../place.ts";
import type { Elb } from "../elb.ts";
import { listenersOf, rulesOf } from "../state.ts";

/** Deletes listeners and rules with it; a load balancer that does not exist is deleted already. */
export async function deleteLoadBalancer(
  { state, listeners, changed }: Elb,
  { LoadBalancerArn: arn = "" }: DeleteLoadBalancerCommandInput,
  caller: Caller,
): Promise<void> {
  const record = isOwn(caller, arn) ? state.loadBalancers[arn] : undefined;
  if (!record) return caller.record?.("none", arn);
  if (record.attributes["deletion_protection.enabled"] === "true") {
    throw new AwsError(
      "OperationNotPermitted",
      `Load balancer '${arn}' cannot be deleted because deletion protection is enabled`,
    );
  }
  for (const listener of listenersOf(state, arn)) {
    for (const rule of rulesOf(state, listener.arn)) {
      delete state.rules[rule.arn];
      delete state.tags[rule.arn];
    }
    delete state.listeners[listener.arn];
    delete state.tags[listener.arn];
    await listeners.close(listener.arn);
  }
  delete state.loadBalancers[arn];
  delete state.tags[arn];
  changed();
  caller.record?.("changed", arn);
}
