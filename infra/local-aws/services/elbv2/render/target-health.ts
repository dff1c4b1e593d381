import type { TargetDescription, TargetHealthDescription } from "@aws-sdk/client-elastic-load-balancing-v2";
import { healthWith } from "../health.ts";
import type { Member } from "../pool.ts";
import { apiTarget } from "../state.ts";
import type { TargetGroupRecord } from "../state.ts";

/** Health of a target that is registered. */
export function renderMember(group: TargetGroupRecord, member: Member): TargetHealthDescription {
  const { health } = member;
  const id = member.id === apiTarget(member.host, member.port).id ? member.host : member.id;
  return {
    Target: { Id: id, Port: member.port, AvailabilityZone: `${group.arn.split(":")[3] ?? ""}a` },
    HealthCheckPort: group.healthCheck.port === "traffic-port" ? String(member.port) : group.healthCheck.port,
    TargetHealth: {
      State: health.state,
      ...(health.reason === undefined ? {} : { Reason: health.reason }),
      ...(health.description === undefined ? {} : { Description: health.description }),
    },
  };
}

/** What is said of a target that is not registered. */
export function renderStranger(group: TargetGroupRecord, target: TargetDescription): TargetHealthDescription {
  const { state, reason, description } = healthWith("unused", "Target.NotRegistered");
  return {
    Target: { Id: target.Id, Port: target.Port ?? group.port },
    TargetHealth: { State: state, Reason: reason, Description: description },
  };
}
