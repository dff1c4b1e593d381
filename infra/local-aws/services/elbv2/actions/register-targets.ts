import type { RegisterTargetsCommandInput } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Caller } from "../../../contract.ts";
import type { Elb } from "../elb.ts";
import { targetGroupOf } from "../state.ts";
import { readTarget, requireTargets } from "../targets.ts";

/** Targets that are registered already stay as they are. */
export function registerTargets(elb: Elb, input: RegisterTargetsCommandInput, caller: Caller): void {
  const group = targetGroupOf(elb.state, caller, input.TargetGroupArn);
  const targets = requireTargets(input.Targets).map((target) => readTarget(group, target));
  const saved = (elb.state.targets[group.arn] ??= []);
  let isChanged = false;
  for (const { id, host, port } of targets) {
    if (saved.some((one) => one.id === host && one.port === port)) continue;
    saved.push({ id: host, port });
    elb.pool.register(group.arn, { id, host, port });
    isChanged = true;
  }
  elb.changed();
  caller.record?.(isChanged ? "changed" : "none", group.arn);
}
