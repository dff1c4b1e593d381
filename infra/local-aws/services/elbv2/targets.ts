import type { TargetDescription } from "@aws-sdk/client-elastic-load-balancing-v2";
import { AwsError } from "../../contract.ts";
import type { Target } from "../../contract.ts";
import type { Elb } from "./elb.ts";
import type { Member } from "./pool.ts";
import { apiTarget } from "./state.ts";
import type { TargetGroupRecord } from "./state.ts";
import { checkPort, invalid } from "./validate.ts";

/** The targets of a call that changes them: at least one. */
export function requireTargets(targets: TargetDescription[] | undefined): TargetDescription[] {
  if (!targets?.length) throw invalid("At least one target must be specified");
  return targets;
}

/** A target to register, on the group's port unless it names its own. */
export function readTarget(group: TargetGroupRecord, target: TargetDescription): Target {
  const address = target.Id ?? "";
  const port = checkPort(target.Port ?? group.port);
  if (!/^[\d.]+$|^[\da-fA-F:]+$/.test(address)) {
    throw new AwsError("InvalidTarget", `The IP address '${address}' is not a valid IPv4 or IPv6 address`);
  }
  return apiTarget(address, port);
}

/** Matches by address, or by the id under which ECS registered it; a port narrows it down. */
export function membersLike(elb: Elb, group: TargetGroupRecord, target: TargetDescription): Member[] {
  return elb.pool
    .members(group.arn)
    .filter((member) => [member.host, member.id].includes(target.Id ?? ""))
    .filter((member) => target.Port === undefined || member.port === target.Port);
}
