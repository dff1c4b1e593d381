import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { actions, partitionOf, permissionOf, policyLine } from "./permissions.ts";
import { policyFiles, type Policy } from "./policies.ts";

const folder = new URL("./", import.meta.url);
const docs = new URL("../../docs/aws/", import.meta.url);

/** Names in policies of the clients whose package is called otherwise. */
const prefixes: Record<string, string> = {
  "cloudwatch-logs": "logs",
  "elastic-load-balancing-v2": "elasticloadbalancing",
  "secrets-manager": "secretsmanager",
};

/** Needed without a command of their own: for roles and tags inside RegisterTaskDefinition. */
const implied = ["iam:PassRole", "ecs:TagResource"];
/** Done with the portal's own identity, and never in the role. */
const own = ["sts:AssumeRole"];

/** Actions of the commands that a source file imports. */
function actionsOf(source: string): string[] {
  const imports = source.matchAll(/import (?:type )?\{([^}]*)\} from "@aws-sdk\/client-([\w-]+)"/g);
  return [...imports].flatMap(([, names = "", client = ""]) =>
    [...names.matchAll(/\b(\w+)Command\b/g)].map(([, command]) => `${prefixes[client] ?? client}:${command}`),
  );
}

const sources = readdirSync(folder).filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));
const sent = new Set(sources.flatMap((file) => actionsOf(readFileSync(new URL(file, folder), "utf8"))));

describe("permissions", () => {
  test("are those of the commands that are sent: none is missing and none is left over", () => {
    const needed = [...new Set([...sent, ...implied])].filter((action) => !own.includes(action));
    expect([...actions].toSorted()).toEqual(needed.toSorted());
  });

  test("a command in a source file is found, types are not", () => {
    const source = 'import { StopTaskCommand, type Task,\n  StartTaskCommand } from "@aws-sdk/client-ecs";';
    expect(actionsOf(source)).toEqual(["ecs:StopTask", "ecs:StartTask"]);
    expect(actionsOf('import { GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";')).toEqual([
      "logs:GetLogEvents",
    ]);
  });

  test("none reads the value of a secret, and what is called a read is one", () => {
    expect(actions.filter((action) => /GetSecretValue|GetParameter/.test(action))).toEqual([]);
    const reads = actions.filter((action) => permissionOf(action).access === "read");
    expect(reads.filter((action) => !/:(Describe|List|Get)/.test(action))).toEqual([]);
  });

  test("a policy line is of the place that is asked about", () => {
    const line = policyLine("ecs:UpdateService", {
      region: "eu-central-1",
      accountId: "123456789012",
      cluster: "main",
    });
    expect(JSON.parse(line)).toEqual({
      Effect: "Allow",
      Action: "ecs:UpdateService",
      Resource: "arn:aws:ecs:eu-central-1:123456789012:service/main/*",
    });
    expect(partitionOf("cn-north-1")).toBe("aws-cn");
    expect(partitionOf("us-gov-west-1")).toBe("aws-us-gov");
  });
});

describe("policies in docs/aws", () => {
  const files = policyFiles();

  test.each(Object.keys(files))('%s is as "npm run policies" writes it', (name) => {
    expect(readFileSync(new URL(name, docs), "utf8")).toBe(`${JSON.stringify(files[name], null, 2)}\n`);
  });

  test("there is no other", () => {
    expect(
      readdirSync(docs)
        .filter((name) => name.endsWith(".json"))
        .toSorted(),
    ).toEqual(Object.keys(files).toSorted());
  });

  const allowed = (name: string) =>
    (files[name] as Policy).Statement.filter((one) => one.Effect === "Allow").flatMap((one) => one.Action);

  test("the first contact can change nothing", () => {
    expect(allowed("read-only.json").filter((action) => !/:(Describe|List|Get)/.test(action))).toEqual([]);
  });

  test("writes to services are narrowed to the cluster, in production by name, and roles are passed to tasks alone", () => {
    expect(allowed("portal-role-production.json").toSorted()).toEqual([...actions].toSorted());
    const { Statement } = files["portal-role-production.json"] as Policy;
    const of = (action: string) => Statement.find((one) => [one.Action].flat().includes(action));
    expect(of("ecs:UpdateService")?.Resource).toBe("arn:aws:ecs:*:ACCOUNT_ID:service/CLUSTER_NAME/*");
    expect(of("iam:PassRole")?.Condition).toEqual({
      StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" },
    });
    expect([of("iam:PassRole")?.Resource].flat()).not.toContain("*");
  });
});
