import type { LoadBalancerSchemeEnum, ProtocolEnum, TargetTypeEnum } from "@aws-sdk/client-elastic-load-balancing-v2";
import { AwsError } from "../../contract.ts";
import type { Place, Target } from "../../contract.ts";
import { isOwn } from "../place.ts";

export type HealthCheck = {
  enabled: boolean;
  protocol: "HTTP";
  path: string;
  /** "traffic-port" or a number. */
  port: string;
  /** AWS seconds. */
  intervalSeconds: number;
  timeoutSeconds: number;
  healthyThreshold: number;
  unhealthyThreshold: number;
  /** For example `200` or `200-299,404`. */
  matcher: string;
};

export type LoadBalancerRecord = {
  arn: string;
  name: string;
  scheme: LoadBalancerSchemeEnum;
  subnets: string[];
  securityGroups: string[];
  vpcId: string;
  createdAt: number;
  attributes: Record<string, string>;
};

export type TargetGroupRecord = {
  arn: string;
  name: string;
  protocol: ProtocolEnum;
  protocolVersion: string;
  port: number;
  vpcId: string;
  targetType: TargetTypeEnum;
  healthCheck: HealthCheck;
  attributes: Record<string, string>;
};

export type Weighted = { targetGroupArn: string; weight: number };

export type ActionRecord =
  | { type: "forward"; targetGroups: Weighted[] }
  | { type: "fixed-response"; status: string; contentType: string; body: string };

export type ConditionRecord = { field: "path-pattern" | "host-header"; values: string[] };

export type ListenerRecord = { arn: string; loadBalancerArn: string; port: number; protocol: ProtocolEnum };

/** The default rule of a listener holds its default action and has no priority. */
export type RuleRecord = {
  arn: string;
  listenerArn: string;
  priority: number | "default";
  conditions: ConditionRecord[];
  action: ActionRecord;
};

/** A target registered through the API; those of ECS come back with their tasks. */
export type SavedTarget = { id: string; port: number };

/** An API target is an address of this machine's network; two ports of one address are two targets. */
export function apiTarget(address: string, port: number): Target {
  return { id: `${address}:${port}`, host: address, port };
}

export type ElbState = {
  loadBalancers: Record<string, LoadBalancerRecord>;
  targetGroups: Record<string, TargetGroupRecord>;
  listeners: Record<string, ListenerRecord>;
  rules: Record<string, RuleRecord>;
  targets: Record<string, SavedTarget[]>;
  tags: Record<string, Record<string, string>>;
};

export const emptyState = (): ElbState => ({
  loadBalancers: {},
  targetGroups: {},
  listeners: {},
  rules: {},
  targets: {},
  tags: {},
});

function lookup<T>(records: Record<string, T>, place: Place, arn: string | undefined, type: string, what: string): T {
  const found = arn !== undefined && Object.hasOwn(records, arn) && isOwn(place, arn) ? records[arn] : undefined;
  if (!found) throw new AwsError(type, `One or more ${what} not found`);
  return found;
}

export const loadBalancerOf = (state: ElbState, place: Place, arn: string | undefined) =>
  lookup(state.loadBalancers, place, arn, "LoadBalancerNotFound", "load balancers");
export const targetGroupOf = (state: ElbState, place: Place, arn: string | undefined) =>
  lookup(state.targetGroups, place, arn, "TargetGroupNotFound", "target groups");
export const listenerOf = (state: ElbState, place: Place, arn: string | undefined) =>
  lookup(state.listeners, place, arn, "ListenerNotFound", "listeners");
export const ruleOf = (state: ElbState, place: Place, arn: string | undefined) =>
  lookup(state.rules, place, arn, "RuleNotFound", "rules");

export function listenersOf(state: ElbState, loadBalancerArn: string): ListenerRecord[] {
  return Object.values(state.listeners).filter((one) => one.loadBalancerArn === loadBalancerArn);
}

/** Rules of a listener in the order in which they are tried, the default rule last. */
export function rulesOf(state: ElbState, listenerArn: string): RuleRecord[] {
  const rank = (rule: RuleRecord) => (rule.priority === "default" ? Infinity : rule.priority);
  return Object.values(state.rules)
    .filter((rule) => rule.listenerArn === listenerArn)
    .sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

/** The rule that holds a listener's default action. */
export function defaultRuleOf(state: ElbState, listenerArn: string): RuleRecord {
  const rule = rulesOf(state, listenerArn).at(-1);
  if (!rule) throw new Error(`listener ${listenerArn} has lost its default rule`);
  return rule;
}

export function groupsIn(action: ActionRecord): string[] {
  return action.type === "forward" ? action.targetGroups.map((one) => one.targetGroupArn) : [];
}

/** Load balancers whose listeners or rules forward to the group; AWS allows one. */
export function loadBalancersUsing(state: ElbState, targetGroupArn: string): string[] {
  const arns = Object.values(state.rules)
    .filter((rule) => groupsIn(rule.action).includes(targetGroupArn))
    .flatMap((rule) => state.listeners[rule.listenerArn]?.loadBalancerArn ?? []);
  return [...new Set(arns)];
}

/** Value of CloudWatch's `LoadBalancer` (`app/name/id`) or `TargetGroup` (`targetgroup/name/id`) dimension. */
export function dimensionOf(arn: string): string {
  const resource = arn.split(":").slice(5).join(":");
  return resource.replace(/^loadbalancer\//, "");
}
