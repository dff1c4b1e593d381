import {
  CreateClusterCommand,
  CreateServiceCommand,
  DeleteClusterCommand,
  DeleteServiceCommand,
  DeregisterTaskDefinitionCommand,
  DescribeClustersCommand,
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  ListClustersCommand,
  ListServiceDeploymentsCommand,
  ListServicesCommand,
  ListTagsForResourceCommand,
  ListTaskDefinitionFamiliesCommand,
  ListTaskDefinitionsCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StopServiceDeploymentCommand,
  StopTaskCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateServiceCommand,
} from "@aws-sdk/client-ecs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checked, settings } from "./clients.ts";
import { imagesFile, REPOSITORY } from "./ecs-workbench.ts";
import { isRemote, startLocal, type Local } from "./local.ts";

// Everything here runs on AWS too, with REMOTE=1, and costs nothing there: no service wants a task.
let local: Local | undefined;
let ecs: ECSClient;
const suffix = Date.now().toString(36);
const cluster = `contract-${suffix}`;
const family = `shop-${suffix}`;
const container = { name: "app", image: `${REPOSITORY}:1.0.0`, memory: 128, portMappings: [{ containerPort: 8081 }] };
const arns: string[] = [];

async function register(name = family): Promise<string> {
  const command = new RegisterTaskDefinitionCommand({
    family: name,
    containerDefinitions: [container],
    tags: [{ key: "team", value: "deck" }],
  });
  const arn = (await ecs.send(command)).taskDefinition?.taskDefinitionArn ?? "";
  arns.push(arn);
  return arn;
}

async function create(serviceName: string, more: object = {}) {
  const input = { cluster, serviceName, taskDefinition: family, desiredCount: 0, launchType: "EC2" as const, ...more };
  return (await ecs.send(new CreateServiceCommand(input))).service;
}

beforeAll(async () => {
  local = isRemote ? undefined : await startLocal({ imagesFile });
  ecs = checked(new ECSClient({ ...settings(local?.url ?? ""), maxAttempts: 8 }));
  await ecs.send(new CreateClusterCommand({ clusterName: cluster }));
  await register();
});

afterAll(async () => {
  const { serviceArns = [] } = await ecs.send(new ListServicesCommand({ cluster, maxResults: 100 }));
  for (const service of serviceArns) await ecs.send(new DeleteServiceCommand({ cluster, service, force: true }));
  for (const taskDefinition of arns) await ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition }));
  await local?.stop();
});

describe("clusters", () => {
  test("are created once, described, listed and deleted", async () => {
    const clusterName = `${cluster}-two`;
    const created = await ecs.send(new CreateClusterCommand({ clusterName, tags: [{ key: "a", value: "b" }] }));
    const arn = created.cluster?.clusterArn;
    expect(arn).toMatch(new RegExp(`^arn:aws:ecs:[\\w-]+:\\d{12}:cluster/${clusterName}$`));
    const again = await ecs.send(new CreateClusterCommand({ clusterName }));
    expect(again.cluster).toMatchObject({ clusterArn: arn, status: "ACTIVE", runningTasksCount: 0 });
    const described = await ecs.send(
      new DescribeClustersCommand({ clusters: [clusterName, "nowhere"], include: ["TAGS"] }),
    );
    expect(described.clusters).toMatchObject([{ clusterName, tags: [{ key: "a", value: "b" }] }]);
    expect(described.failures).toMatchObject([{ arn: expect.stringMatching(/:cluster\/nowhere$/), reason: "MISSING" }]);
    expect((await ecs.send(new ListClustersCommand({ maxResults: 100 }))).clusterArns).toContain(arn);
    const deleted = await ecs.send(new DeleteClusterCommand({ cluster: clusterName }));
    expect(deleted.cluster?.status).toBe("INACTIVE");
    await expect(ecs.send(new ListServicesCommand({ cluster: clusterName }))).rejects.toMatchObject({
      name: "ClusterNotFoundException",
      message: "Cluster not found.",
    });
  });

  test("made again have no tags of the one before", async () => {
    const clusterName = `${cluster}-again`;
    await ecs.send(new CreateClusterCommand({ clusterName, tags: [{ key: "a", value: "b" }] }));
    await ecs.send(new DeleteClusterCommand({ cluster: clusterName }));
    const { cluster: made } = await ecs.send(new CreateClusterCommand({ clusterName }));
    const { tags } = await ecs.send(new ListTagsForResourceCommand({ resourceArn: made?.clusterArn }));
    await ecs.send(new DeleteClusterCommand({ cluster: clusterName }));
    expect(tags).toEqual([]);
  });

  test("of another account are unknown, even by ARN", async () => {
    const { clusters } = await ecs.send(new DescribeClustersCommand({ clusters: [cluster] }));
    const stranger = clusters?.[0]?.clusterArn?.replace(/:\d{12}:/, ":999999999999:");
    await expect(ecs.send(new ListServicesCommand({ cluster: stranger }))).rejects.toThrow();
    const region = clusters?.[0]?.clusterArn?.replace(/:ecs:[\w-]+:/, ":ecs:sa-east-1:");
    await expect(ecs.send(new ListServicesCommand({ cluster: region }))).rejects.toThrow();
  });

  test("with services are not deleted", async () => {
    await create("blocker");
    await expect(ecs.send(new DeleteClusterCommand({ cluster }))).rejects.toMatchObject({
      name: "ClusterContainsServicesException",
    });
  });
});

describe("task definitions", () => {
  test("number their revisions, keep tags, and turn INACTIVE", async () => {
    const name = `${family}-numbered`;
    const [first, second] = [await register(name), await register(name)];
    expect([first, second].map((arn) => arn.slice(arn.lastIndexOf("/") + 1))).toEqual([`${name}:1`, `${name}:2`]);
    const newest = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: name, include: ["TAGS"] }));
    expect(newest.tags).toEqual([{ key: "team", value: "deck" }]);
    expect(newest.taskDefinition).toMatchObject({
      family: name,
      revision: 2,
      status: "ACTIVE",
      registeredAt: expect.any(Date),
      containerDefinitions: [
        { name: "app", essential: true, portMappings: [{ containerPort: 8081, protocol: "tcp" }] },
      ],
    });
    await ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: second }));
    const gone = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: `${name}:2` }));
    expect(gone.taskDefinition).toMatchObject({ status: "INACTIVE", deregisteredAt: expect.any(Date) });
    const now = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: name }));
    expect(now.taskDefinition?.revision).toBe(1);
    const active = await ecs.send(new ListTaskDefinitionsCommand({ familyPrefix: name }));
    expect(active.taskDefinitionArns).toEqual([first]);
    const inactive = await ecs.send(new ListTaskDefinitionsCommand({ familyPrefix: name, status: "INACTIVE" }));
    expect(inactive.taskDefinitionArns).toEqual([second]);
    const families = await ecs.send(new ListTaskDefinitionFamiliesCommand({ familyPrefix: name, status: "ACTIVE" }));
    expect(families.families).toEqual([name]);
    const refused = new UpdateServiceCommand({
      cluster,
      service: (await create("inactive"))?.serviceArn,
      taskDefinition: second,
    });
    await expect(ecs.send(refused)).rejects.toMatchObject({
      name: "ClientException",
      message: "TaskDefinition is inactive",
    });
  });

  test.each([
    ["no containers", { family, containerDefinitions: [] }],
    ["two containers of one name", { family, containerDefinitions: [container, container] }],
    ["a bad family", { family: "a b", containerDefinitions: [container] }],
    ["nothing essential", { family, containerDefinitions: [{ ...container, essential: false }] }],
  ])("with %s are refused", async (_, input) => {
    await expect(ecs.send(new RegisterTaskDefinitionCommand(input))).rejects.toMatchObject({ name: "ClientException" });
  });

  test("that do not exist cannot be described", async () => {
    await expect(ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: "nothing" }))).rejects.toMatchObject({
      name: "ClientException",
      message: "Unable to describe task definition.",
    });
  });
});

describe("services", () => {
  test("are described with what was asked for and what is filled in", async () => {
    const created = await create("shop", { tags: [{ key: "team", value: "deck" }] });
    expect(created).toMatchObject({ serviceName: "shop", status: "ACTIVE", desiredCount: 0 });
    const command = new DescribeServicesCommand({ cluster, services: ["shop", "nothing"], include: ["TAGS"] });
    const { services, failures } = await ecs.send(command);
    expect(services).toMatchObject([
      {
        deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 200 },
        deployments: [{ status: "PRIMARY", id: expect.stringMatching(/^ecs-svc\/\d{19}$/) }],
        tags: [{ key: "team", value: "deck" }],
        createdAt: expect.any(Date),
      },
    ]);
    expect(failures).toMatchObject([{ arn: expect.stringMatching(/:service\/[\w-]+\/nothing$/), reason: "MISSING" }]);
  });

  test("of one name exist once", async () => {
    await create("once");
    await expect(create("once")).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: "Creation of service was not idempotent.",
    });
  });

  test.each([
    [{ taskDefinition: "nothing" }, "ClientException"],
    [{ cluster: "nowhere" }, "ClusterNotFoundException"],
    [{ deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 100 } }, "InvalidParameterException"],
    [{ desiredCount: -1 }, "InvalidParameterException"],
    [
      {
        loadBalancers: [
          {
            targetGroupArn: "arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/x/0",
            containerName: "app",
            containerPort: 8081,
          },
        ],
      },
      "InvalidParameterException",
    ],
  ])("with %j are refused with %s", async (more, name) => {
    await expect(create("refused", more)).rejects.toMatchObject({ name });
  });

  test("are listed in pages", async () => {
    for (const name of ["page-a", "page-b", "page-c"]) await create(name);
    const first = await ecs.send(new ListServicesCommand({ cluster, maxResults: 2 }));
    expect(first.serviceArns).toHaveLength(2);
    const second = await ecs.send(new ListServicesCommand({ cluster, maxResults: 2, nextToken: first.nextToken }));
    expect(second.serviceArns?.some((arn) => first.serviceArns?.includes(arn))).toBe(false);
    const wrong = new ListServicesCommand({ cluster, nextToken: "not one of ours" });
    await expect(ecs.send(wrong)).rejects.toMatchObject({ name: "InvalidParameterException" });
  });

  test.each([
    ["a new task definition", async () => ({ taskDefinition: await register() }), 2],
    ["the task definition that it has", async () => ({ taskDefinition: arns[0] }), 1],
    ["the same by force", async () => ({ forceNewDeployment: true }), 2],
    ["other percentages", async () => ({ deploymentConfiguration: { maximumPercent: 150 } }), 1],
    ["the execute flag that it has", async () => ({ enableExecuteCommand: false }), 1],
  ])("updated with %s", async (name, change, deployments) => {
    const service = `update-${name.replaceAll(" ", "-")}`;
    await create(service, { taskDefinition: arns[0] });
    await ecs.send(new UpdateServiceCommand({ cluster, service, ...(await change()) }));
    const { serviceDeployments } = await ecs.send(new ListServiceDeploymentsCommand({ cluster, service }));
    expect(serviceDeployments).toHaveLength(deployments);
  });

  test("that do not exist cannot be updated or deleted", async () => {
    const missing = { cluster, service: "nothing" };
    await expect(ecs.send(new UpdateServiceCommand(missing))).rejects.toMatchObject({
      name: "ServiceNotFoundException",
    });
    await expect(ecs.send(new DeleteServiceCommand(missing))).rejects.toMatchObject({
      name: "ServiceNotFoundException",
    });
    await expect(ecs.send(new ListTasksCommand({ cluster, serviceName: "nothing" }))).rejects.toMatchObject({
      name: "ServiceNotFoundException",
    });
  });

  test("lead to their deployment and its revision", async () => {
    await create("linked");
    const { services } = await ecs.send(new DescribeServicesCommand({ cluster, services: ["linked"] }));
    const arn = services?.[0]?.currentServiceDeployment ?? "";
    const unknown = arn.replace(/[^/]+$/, "nothing");
    const found = await ecs.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn, unknown] }));
    expect(found.failures).toMatchObject([{ arn: unknown, reason: "MISSING" }]);
    const revision = found.serviceDeployments?.[0]?.targetServiceRevision?.arn ?? "";
    const revisions = await ecs.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns: [revision] }));
    expect(revisions.serviceRevisions).toMatchObject([
      { serviceRevisionArn: revision, serviceArn: services?.[0]?.serviceArn },
    ]);
    const stop = new StopServiceDeploymentCommand({ serviceDeploymentArn: unknown });
    await expect(ecs.send(stop)).rejects.toMatchObject({ name: "ServiceDeploymentNotFoundException" });
  });
});

test.each([
  ["DescribeServices of 11", () => new DescribeServicesCommand({ cluster, services: many(11) })],
  ["DescribeServices of none", () => new DescribeServicesCommand({ cluster, services: [] })],
  ["DescribeTasks of 101", () => new DescribeTasksCommand({ cluster, tasks: many(101) })],
  ["DescribeClusters of 101", () => new DescribeClustersCommand({ clusters: many(101) })],
  ["RunTask of 11", () => new RunTaskCommand({ cluster, taskDefinition: family, count: 11 })],
  ["StopTask of an unknown task", () => new StopTaskCommand({ cluster, task: "0".repeat(32) })],
  ["ListTagsForResource of nonsense", () => new ListTagsForResourceCommand({ resourceArn: "nonsense" })],
])("%s is refused", async (_, command) => {
  await expect(ecs.send(command() as DescribeServicesCommand)).rejects.toMatchObject({
    name: "InvalidParameterException",
  });
});

const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `thing-${index}`);

test("tags are added, replaced, listed and removed", async () => {
  const resourceArn = arns[0];
  await ecs.send(
    new TagResourceCommand({
      resourceArn,
      tags: [
        { key: "team", value: "bridge" },
        { key: "tier", value: "1" },
      ],
    }),
  );
  await ecs.send(new UntagResourceCommand({ resourceArn, tagKeys: ["tier", "absent"] }));
  const { tags } = await ecs.send(new ListTagsForResourceCommand({ resourceArn }));
  expect(tags).toEqual([{ key: "team", value: "bridge" }]);
});

test("what is refused for its tags is not made", async () => {
  const tags = [{ key: "aws:reserved", value: "" }];
  const name = `${family}-refused`;
  const refused = [
    new CreateClusterCommand({ clusterName: name, tags }),
    new CreateServiceCommand({ cluster, serviceName: name, taskDefinition: family, desiredCount: 0, tags }),
    new RegisterTaskDefinitionCommand({ family: name, containerDefinitions: [container], tags }),
  ];
  for (const command of refused) await expect(ecs.send(command as CreateClusterCommand)).rejects.toThrow();
  expect((await ecs.send(new DescribeClustersCommand({ clusters: [name] }))).clusters).toEqual([]);
  expect((await ecs.send(new DescribeServicesCommand({ cluster, services: [name] }))).services).toEqual([]);
  const families = await ecs.send(new ListTaskDefinitionFamiliesCommand({ familyPrefix: name }));
  expect(families.families).toEqual([]);
});

test("tasks that nobody knows are missing, not an error", async () => {
  const { tasks, failures } = await ecs.send(new DescribeTasksCommand({ cluster, tasks: ["0".repeat(32)] }));
  expect(tasks).toEqual([]);
  expect(failures).toMatchObject([{ reason: "MISSING" }]);
});
