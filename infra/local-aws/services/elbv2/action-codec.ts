import type { Action, RuleCondition } from "@aws-sdk/client-elastic-load-balancing-v2";
import { AwsError } from "../../contract.ts";
import type { Place } from "../../contract.ts";
import type { Elb } from "./elb.ts";
import { groupsIn, loadBalancersUsing, targetGroupOf } from "./state.ts";
import type { ActionRecord, ConditionRecord, Weighted } from "./state.ts";
import { invalid } from "./validate.ts";

const GREATEST_WEIGHT = 999;

/** The one routing action of a listener or rule, checked against what exists. */
export function readAction(
  elb: Elb,
  place: Place,
  actions: Action[] | undefined,
  loadBalancerArn: string,
): ActionRecord {
  const [action, ...more] = [...(actions ?? [])].sort((a, b) => (a.Order ?? 0) - (b.Order ?? 0));
  if (!action) throw invalid("A default action must be specified");
  if (more.length > 0) throw new AwsError("InvalidLoadBalancerAction", "Local AWS takes exactly one action");
  if (action.Type === "fixed-response") return readFixedResponse(action);
  if (action.Type !== "forward") {
    throw new AwsError(
      "InvalidLoadBalancerAction",
      `Local AWS knows the actions forward and fixed-response, not '${action.Type ?? ""}'`,
    );
  }
  const targetGroups = readWeights(action);
  for (const { targetGroupArn } of targetGroups) {
    targetGroupOf(elb.state, place, targetGroupArn);
    const others = loadBalancersUsing(elb.state, targetGroupArn).filter((one) => one !== loadBalancerArn);
    if (others.length > 0) {
      const message = `The following target groups cannot be associated with more than one load balancer: ${targetGroupArn}`;
      throw new AwsError("TargetGroupAssociationLimit", message);
    }
  }
  return { type: "forward", targetGroups };
}

function readWeights(action: Action): Weighted[] {
  const groups = action.ForwardConfig?.TargetGroups ?? [];
  if (groups.length === 0) {
    if (!action.TargetGroupArn) throw invalid("A target group ARN must be specified");
    return [{ targetGroupArn: action.TargetGroupArn, weight: 1 }];
  }
  if (groups.length > 5) throw new AwsError("TooManyTargetGroups", "A forward action takes at most 5 target groups");
  const seen = new Set<string>();
  return groups.map(({ TargetGroupArn: targetGroupArn = "", Weight: weight = 1 }) => {
    if (seen.has(targetGroupArn)) throw invalid(`Target group '${targetGroupArn}' is specified more than once`);
    seen.add(targetGroupArn);
    if (!Number.isInteger(weight) || weight < 0 || weight > GREATEST_WEIGHT) {
      throw invalid(`Target group weight '${weight}' must be between 0 and ${GREATEST_WEIGHT}`);
    }
    return { targetGroupArn, weight };
  });
}

function readFixedResponse(action: Action): ActionRecord {
  const { StatusCode: status = "", ContentType: contentType, MessageBody: body } = action.FixedResponseConfig ?? {};
  if (!/^[245]\d\d$/.test(status)) throw invalid(`The fixed response status code '${status}' must be 2XX, 4XX or 5XX`);
  if ((body ?? "").length > 1024) throw invalid("The fixed response message body must have at most 1024 characters");
  if (/[\r\n]/.test(contentType ?? "")) throw invalid("The fixed response content type is not valid");
  return { type: "fixed-response", status, contentType: contentType ?? "text/plain", body: body ?? "" };
}

export function showAction(action: ActionRecord): Action[] {
  if (action.type === "fixed-response") {
    const { status: StatusCode, contentType: ContentType, body: MessageBody } = action;
    return [{ Type: "fixed-response", Order: 1, FixedResponseConfig: { StatusCode, ContentType, MessageBody } }];
  }
  const arns = groupsIn(action);
  return [
    {
      Type: "forward",
      Order: 1,
      ...(arns.length === 1 ? { TargetGroupArn: arns[0] } : {}),
      ForwardConfig: {
        TargetGroups: action.targetGroups.map(({ targetGroupArn, weight }) => ({
          TargetGroupArn: targetGroupArn,
          Weight: weight,
        })),
        TargetGroupStickinessConfig: { Enabled: false },
      },
    },
  ];
}

const FIELDS = ["path-pattern", "host-header"] as const;
const LONGEST_PATTERN = 128;

/** Conditions of a rule, in either of AWS's two notations. */
export function readConditions(conditions: RuleCondition[] | undefined): ConditionRecord[] {
  if (!conditions?.length) throw invalid("A condition must be specified");
  return conditions.map((condition) => {
    const field = FIELDS.find((one) => one === condition.Field);
    if (!field) {
      throw new AwsError(
        "InvalidConfigurationRequest",
        `Local AWS knows the conditions ${FIELDS.join(" and ")}, not '${condition.Field ?? ""}'`,
      );
    }
    const config = field === "path-pattern" ? condition.PathPatternConfig : condition.HostHeaderConfig;
    const values = config?.Values ?? condition.Values ?? [];
    if (values.length === 0) throw invalid("A condition value must be specified");
    for (const value of values) {
      if (value.length === 0 || value.length > LONGEST_PATTERN)
        throw invalid(`The condition value '${value}' must have 1 to ${LONGEST_PATTERN} characters`);
    }
    return { field, values };
  });
}

export function showCondition({ field, values }: ConditionRecord): RuleCondition {
  const config = { Values: values };
  return field === "path-pattern"
    ? { Field: field, Values: values, PathPatternConfig: config }
    : { Field: field, Values: values, HostHeaderConfig: config };
}

/** ARN of something below a load balancer or listener: `…:listener/app/name/id/…`. */
export function childArn(kind: "listener" | "listener-rule", parentArn: string, id: string): string {
  return `${parentArn.replace(/:(loadbalancer|listener)\//, `:${kind}/`)}/${id}`;
}
