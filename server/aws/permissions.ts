/** Where a permission is needed, for the resource of its policy line. */
export type PolicyPlace = { partition?: string; region: string; accountId: string; cluster: string };

export type Permission = {
  access: "read" | "write";
  /** What cannot be narrowed in IAM, or names no resource of the environment, is `*`. */
  resources: readonly string[];
  /** What the portal needs it for. */
  why: string;
  condition?: Record<string, Record<string, string | string[]>>;
};

const all = ["*"] as const;
const ecs = (kind: string) => `arn:PARTITION:ecs:REGION:ACCOUNT:${kind}/CLUSTER/*`;
// The history of a service is read through three kinds of resources (AWS: service-deployment-permissions).
const history = [ecs("service"), ecs("service-deployment"), ecs("service-revision")];
const passed = { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } };
const inCluster = { ArnEquals: { "ecs:cluster": "arn:PARTITION:ecs:REGION:ACCOUNT:cluster/CLUSTER" } };

/**
 * Every action that the portal uses in an account, and nothing else: policies in docs/aws, the doctor's checks and its
 * advice are made of this. A test compares it with the commands that this folder sends.
 */
export const permissions = {
  "ecs:ListClusters": { access: "read", resources: all, why: "to list what may be imported" },
  "ecs:ListServices": { access: "read", resources: all, why: "to list what may be imported" },
  "ecs:DescribeServices": { access: "read", resources: [ecs("service")], why: "to see what runs, every half minute" },
  "ecs:ListTasks": { access: "read", resources: all, condition: inCluster, why: "to show the tasks of a service" },
  "ecs:DescribeTasks": { access: "read", resources: [ecs("task")], why: "to say why a task died" },
  "ecs:DescribeTaskDefinition": {
    access: "read",
    resources: all,
    why: "to make the next task definition of what runs",
  },
  "ecs:ListTaskDefinitions": {
    access: "read",
    resources: all,
    why: "to find what it registered before it was cut off",
  },
  "ecs:ListServiceDeployments": {
    access: "read",
    resources: [ecs("service")],
    why: "to find the rollout that it started",
  },
  "ecs:DescribeServiceDeployments": { access: "read", resources: history, why: "to judge a rollout by what ECS says" },
  "ecs:DescribeServiceRevisions": { access: "read", resources: history, why: "to know which version a rollout brings" },
  "ecs:RegisterTaskDefinition": { access: "write", resources: all, why: "to register the version that is deployed" },
  "ecs:TagResource": {
    access: "write",
    resources: ["arn:PARTITION:ecs:REGION:ACCOUNT:task-definition/*"],
    condition: { StringEquals: { "ecs:CreateAction": "RegisterTaskDefinition" } },
    why: "to mark a task definition with its deployment",
  },
  "ecs:UpdateService": { access: "write", resources: [ecs("service")], why: "to start a rollout, and to scale" },
  "ecs:StopTask": { access: "write", resources: [ecs("task")], why: "to stop one task when somebody asks for it" },
  "ecs:StopServiceDeployment": {
    access: "write",
    resources: [ecs("service-deployment")],
    why: "to undo a rollout that is under way",
  },
  "iam:PassRole": {
    access: "write",
    resources: ["arn:PARTITION:iam::ACCOUNT:role/TASK_ROLE", "arn:PARTITION:iam::ACCOUNT:role/EXECUTION_ROLE"],
    condition: passed,
    why: "to register task definitions with their own roles",
  },
  "elasticloadbalancing:DescribeTargetGroups": {
    access: "read",
    resources: all,
    why: "to name the health check that failed",
  },
  "elasticloadbalancing:DescribeTargetHealth": {
    access: "read",
    resources: all,
    why: "to see which tasks are healthy",
  },
  "elasticloadbalancing:DescribeLoadBalancers": {
    access: "read",
    resources: all,
    why: "to propose addresses at an import",
  },
  "elasticloadbalancing:DescribeListeners": {
    access: "read",
    resources: all,
    why: "to propose addresses at an import",
  },
  "cloudwatch:DescribeAlarms": { access: "read", resources: all, why: "to see alarms that guard a rollout" },
  "logs:DescribeLogGroups": { access: "read", resources: all, why: "to see that a log group exists" },
  "logs:GetLogEvents": {
    access: "read",
    resources: ["arn:PARTITION:logs:REGION:ACCOUNT:log-group:LOG_GROUP:log-stream:*"],
    why: "to show the last lines of a task that died",
  },
  "ecr:DescribeImages": {
    access: "read",
    resources: ["arn:PARTITION:ecr:REGION:ACCOUNT:repository/*"],
    why: "to pin images by digest",
  },
  "secretsmanager:DescribeSecret": {
    access: "read",
    resources: ["arn:PARTITION:secretsmanager:REGION:ACCOUNT:secret:*"],
    why: "to see that a secret and its version exist; values are never read",
  },
  "secretsmanager:ListSecrets": {
    access: "read",
    resources: all,
    why: "to offer the names of secrets; values are never read",
  },
  "ssm:DescribeParameters": {
    access: "read",
    resources: all,
    why: "to see that a parameter exists; values are never read",
  },
  "sts:GetCallerIdentity": { access: "read", resources: all, why: "to refuse to act in another account" },
} as const satisfies Record<string, Permission>;

export type Action = keyof typeof permissions;
export type ReadAction = {
  [Name in Action]: (typeof permissions)[Name]["access"] extends "read" ? Name : never;
}[Action];

export const actions = Object.keys(permissions) as Action[];
/** What is known of an action: its access, its resources, and what the portal needs it for. */
export const permissionOf = (action: Action): Permission => permissions[action];

export type Statement = {
  Sid?: string;
  Effect: "Allow" | "Deny";
  Action: string | string[];
  Resource: string | string[];
  Condition?: Permission["condition"];
};

/** Partition of a region: China and GovCloud have their own. */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

function filled<Value>(value: Value, place: PolicyPlace): Value {
  const text = JSON.stringify(value)
    .replaceAll("PARTITION", place.partition ?? partitionOf(place.region))
    .replaceAll("REGION", place.region)
    .replaceAll("ACCOUNT", place.accountId)
    .replaceAll("CLUSTER", place.cluster);
  // Strings in the same places, filled in.
  return JSON.parse(text) as Value;
}

/** The statement that allows an action at a place. */
export function statementFor(action: Action, place: PolicyPlace): Statement {
  const { resources, condition } = filled(permissionOf(action), place);
  const [only] = resources;
  return {
    Effect: "Allow",
    Action: action,
    Resource: resources.length === 1 && only ? only : [...resources],
    ...(condition ? { Condition: condition } : {}),
  };
}

/** One line of JSON to add to the policy of the role. */
export function policyLine(action: Action, place: PolicyPlace): string {
  return JSON.stringify(statementFor(action, place));
}
