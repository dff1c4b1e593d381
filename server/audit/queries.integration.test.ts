import { afterAll, beforeAll, expect, test } from "vitest";
import { openDb, type Db } from "../db/client.ts";
import { testDatabase, type TestDatabase } from "../testing/database.ts";
import {
  actors,
  createDeployment,
  createEnvironment,
  createRelease,
  createService,
  createTarget,
  createUser,
  grant,
  testContext,
} from "../testing/factories.ts";
import { appendRecords } from "../core/record.ts";
import type { Environment, Service, User } from "../db/generated/client.ts";
import type { Actor } from "../core/actor.ts";
import { getAuditChain, listAudit } from "./queries.ts";
import { sealAudit } from "./seal.ts";
import { subjectNames } from "./subject-names.ts";

let database: TestDatabase;
let db: Db;
let ada: User & { actor: Actor };
let service: Service;
let environment: Environment;
const viewer = () => testContext(db, actors.viewer);

beforeAll(async () => {
  database = await testDatabase();
  db = openDb(database.url, 4);
  ada = await createUser(db, { name: "Ada", grants: [grant("admin")] });
  service = await createService(db);
  environment = await createEnvironment(db);
  const write = (actor: Actor, entry: Parameters<typeof appendRecords>[2][number]) =>
    appendRecords(db, testContext(db, actor), [entry]);
  const about = { kind: "service", id: service.id };
  await write(ada.actor, { action: "service.create", topic: "services", subject: about, serviceId: service.id });
  await write(ada.actor, {
    action: "grant.create",
    topic: "teams",
    subject: { kind: "user", id: ada.id },
    changes: { role: { before: null, after: "admin" } },
  });
  await write(actors.system, {
    action: "deployment.create",
    topic: "deployments",
    subject: { kind: "deployment", id: "dep_1" },
    serviceId: service.id,
    environmentId: environment.id,
    reason: "faster",
  });
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

const actions = async (input: Parameters<typeof listAudit>[1]) =>
  (await listAudit(viewer(), input)).items.map((item) => item.action);

test("newest first, with names", async () => {
  const { items } = await listAudit(viewer(), {});
  expect(items).toMatchObject([
    {
      action: "deployment.create",
      reason: "faster",
      actor: { kind: "system", name: "Quarterdeck" },
      environment: { slug: environment.slug },
      subject: { id: "dep_1", name: null },
    },
    {
      action: "grant.create",
      actor: { id: ada.id, name: "Ada" },
      subject: { name: "Ada" },
      changes: { role: { before: null, after: "admin" } },
    },
    { action: "service.create", service: { slug: service.slug }, subject: { name: service.name } },
  ]);
});

test("filters", async () => {
  expect(await actions({ actor: ada.id })).toEqual(["grant.create", "service.create"]);
  expect(await actions({ action: "grant" })).toEqual(["grant.create"]);
  expect(await actions({ action: "service.create" })).toEqual(["service.create"]);
  expect(await actions({ action: "service.delete" })).toEqual([]);
  expect(await actions({ subject: "dep_1" })).toEqual(["deployment.create"]);
  expect(await actions({ service: service.slug })).toEqual(["deployment.create", "service.create"]);
  expect(await actions({ environment: environment.id })).toEqual(["deployment.create"]);
  expect(await actions({ to: "2020-01-01T00:00:00Z" })).toEqual([]);
  expect(await actions({ from: "2020-01-01T00:00:00Z" })).toHaveLength(3);
  expect(await actions({ from: "2099-01-01T00:00:00+02:00" })).toEqual([]);
  await expect(actions({ service: "nowhere" })).rejects.toMatchObject({ code: "not_found" });
});

test("page by page", async () => {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listAudit(viewer(), { limit: 1, ...(cursor ? { cursor } : {}) });
    seen.push(...page.items.map((item) => item.action));
    cursor = page.next ?? undefined;
  } while (cursor);
  expect(seen).toEqual(["deployment.create", "grant.create", "service.create"]);
});

test("deployments and targets are named by what goes where", async () => {
  const target = await createTarget(db, { service, environment });
  const { deploymentId } = await createDeployment(db, {
    target,
    release: await createRelease(db, { service, version: "1.1.0" }),
  });
  const names = await subjectNames(db, [
    { kind: "deployment", id: deploymentId },
    { kind: "target", id: target.id },
    { kind: "deployment", id: "dep_gone" },
  ]);
  expect(names("deployment", deploymentId)).toBe(`${service.slug} 1.1.0 → ${environment.slug}`);
  expect(names("target", target.id)).toBe(`${service.slug} in ${environment.slug}`);
  expect(names("deployment", "dep_gone")).toBeNull();
});

test("whoever holds nothing sees nothing", async () => {
  await expect(listAudit(testContext(db, actors.nobody), {})).rejects.toMatchObject({ code: "forbidden" });
});

test("says how far the chain reaches", async () => {
  expect(await getAuditChain(viewer(), {})).toEqual({ sealed: 0, unsealed: 3, head: null, sealedAt: null });
  await sealAudit(db, new Date(Date.now() + 60_000), "key");
  expect(await getAuditChain(viewer(), {})).toEqual({
    sealed: 3,
    unsealed: 0,
    head: expect.stringMatching(/^[0-9a-f]{64}$/),
    sealedAt: expect.any(String),
  });
  expect((await listAudit(viewer(), {})).items.every((item) => item.sealed)).toBe(true);
});
