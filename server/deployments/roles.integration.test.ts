import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createClientSource, type ClientSource } from "../aws/clients.ts";
import { awsPorts } from "../aws/ports.ts";
import { createCluster, createService as createEcsService } from "../aws/testing/create-service.ts";
import { roleBook } from "../aws/testing/role-book.ts";
import type { Environment, Release, Target } from "../db/generated/client.ts";
import {
  actors,
  createDeployment as createRow,
  createEnvironment,
  createRelease,
  createService,
  createTarget,
  testContext,
} from "../testing/factories.ts";
import { startLocalAws, type LocalAwsProcess } from "../testing/local-aws/start.ts";
import { until } from "../testing/until.ts";
import { withDatabase } from "../testing/with-database.ts";
import { createDeployment } from "./commands/create.ts";
import { advance } from "./engine/advance.ts";
import type { Ports } from "./ports.ts";

const database = withDatabase();
const accountId = "444444444444";
const roleArn = `arn:aws:iam::${accountId}:role/quarterdeck`;
const repository = `000000000000.dkr.ecr.us-east-1.amazonaws.com/app`;

let aws: LocalAwsProcess;
let roles: ReturnType<typeof roleBook>;
let ports: Ports;
let environment: Environment;
let source: ClientSource;
let count = 0;

beforeAll(async () => {
  aws = await startLocalAws();
  environment = await createEnvironment(database.db, { kind: "production" });
  roles = roleBook();
  roles.set(environment.id, { roleArn });
  await createCluster(
    await createClientSource(aws.settings, roles).of({ environmentId: environment.id, accountId, region: "us-east-1" }),
    "main",
  );
});
beforeEach(async () => {
  source = createClientSource(aws.settings, roles);
  ports = awsPorts(source);
  await aws.describeRole({ roleArn, externalId: "right" });
  roles.set(environment.id, { roleArn, externalId: "right" });
});
afterAll(() => aws.close());

type Scene = { target: Target; release: Release; service: string; name: string };

/** A service that runs 1.0.0 in the other account, with 1.1.0 to deploy. */
async function scene(): Promise<Scene> {
  const name = `app-${(count += 1)}`;
  const place = { environmentId: environment.id, accountId, region: "us-east-1" };
  const placement = await createEcsService(await source.of(place), { cluster: "main", name, desiredCount: 0, place });
  const { taskDefinitionArn } = await until(
    () => ports.runtime.describeService(placement),
    (state) => state.currentRolloutArn === null,
  );
  const service = await createService(database.db, { slug: name });
  const target = await createTarget(database.db, {
    service,
    environment,
    accountId,
    cluster: "main",
    ecsService: name,
  });
  const release = async (version: string) => {
    const digest = (await ports.registry.digest(`${repository}:${version}`, "us-east-1")) ?? "";
    return createRelease(database.db, {
      service,
      version,
      artefacts: [{ container: "app", image: repository, tag: version, digest }],
    });
  };
  await createRow(database.db, { target, release: await release("1.0.0"), taskDefinitionArn });
  return { target, release: await release("1.1.0"), service: service.slug, name };
}

async function begin({ service }: Scene): Promise<{ id: string; look(): Promise<string> }> {
  const ctx = testContext(database.db, actors.admin, { ports });
  const { id } = await createDeployment(ctx, { service, environment: environment.id, version: "1.1.0" });
  const run = await database.db.deploymentTarget.findFirstOrThrow({ where: { deploymentId: id } });
  const look = async () => {
    await advance({ db: database.db, ports, scale: 60 }, run.id);
    return (await database.db.deploymentTarget.findUniqueOrThrow({ where: { id: run.id } })).status;
  };
  return { id, look };
}

const updatesOf = async (name: string) =>
  (await aws.journal("ecs", "UpdateService")).filter((call) => JSON.stringify(call).includes(`"${name}"`)).length;

async function causeOf(id: string) {
  const { cause } = await database.db.deployment.findUniqueOrThrow({ where: { id } });
  return JSON.stringify(cause);
}

test("a deployment whose role has another external id ends as failed, with what to look at, and touches nothing", async () => {
  const on = await scene();
  // A role that asks for another id from now on; its sessions are over.
  await aws.removeRole(roleArn);
  await aws.describeRole({ roleArn, externalId: "changed" });
  roles.set(environment.id, { roleArn, externalId: "wrong" });
  const { id, look } = await begin(on);
  await until(look, (status) => status === "failed");
  expect(await causeOf(id)).toContain("sts:ExternalId");
  expect(await updatesOf(on.name)).toBe(0);
});

test("a role taken away from the environment mid-deployment: nothing more is asked, and put back it goes on to its end", async () => {
  const on = await scene();
  const { id, look } = await begin(on);
  const begun = async () => {
    await look();
    return updatesOf(on.name);
  };
  await until(begun, (updates) => updates > 0);
  roles.remove(environment.id);
  const since = Date.now();
  expect(await look()).toBe("running");
  expect((await aws.calls(since)).filter((call) => call.service === "ecs")).toEqual([]);
  const waiting = await database.db.deploymentTarget.findFirstOrThrow({ where: { deploymentId: id } });
  expect(JSON.stringify(waiting)).toContain("belong to account 000000000000");
  roles.set(environment.id, { roleArn, externalId: "right" });
  expect(await until(look, (status) => status !== "running")).toBe("succeeded");
  expect(
    (await aws.journal("ecs", "UpdateService")).filter(
      (call) => call.effect === "changed" && JSON.stringify(call).includes(`"${on.name}"`),
    ),
  ).toHaveLength(1);
});

test("a role of another account than the target's: refused before the first write", async () => {
  const on = await scene();
  const other = "arn:aws:iam::555555555555:role/quarterdeck";
  roles.set(environment.id, { roleArn: other, accountId });
  const { id, look } = await begin(on);
  await until(look, (status) => status === "failed");
  expect(await causeOf(id)).toContain("belongs to account 555555555555");
  expect(await updatesOf(on.name)).toBe(0);
  expect(
    (await aws.journal("ecs", "RegisterTaskDefinition")).filter((call) => call.caller.startsWith("ASIA555555555555")),
  ).toEqual([]);
});
