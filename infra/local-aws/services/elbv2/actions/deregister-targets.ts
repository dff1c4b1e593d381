import type { DeregisterTargetsCommandInput } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Caller } from "../../../contract.ts";
import type { Elb } from "../elb.ts";
import { apiTarget, targetGroupOf } from "../state.ts";
import { membersLike, requireTargets } from "../targets.ts";

/** Starts draining; targets that are not registered are passed over. */
export function deregisterTargets(elb: Elb, input: DeregisterTargetsCommandInput, caller: Caller): void {
  const group = targetGroupOf(elb.state, caller, input.TargetGroupArn);
  const members = requireTargets(input.Targets).flatMap((target) => membersLike(elb, group, target));
  for (const member of members) {
    const saved = elb.state.targets[group.arn] ?? [];
    elb.state.targets[group.arn] = saved.filter((one) => apiTarget(one.id, one.port).id !== member.id);
    if (member.health.state !== "draining") elb.pool.deregister(group.arn, member.id, () => undefined);
  }
  elb.changed();
  caller.record?.(members.length > 0 ? "changed" : "none", group.arn);
}
