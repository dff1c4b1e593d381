import { describe, expect, test, vi } from "vitest";
import { newEncryptionKey, parseKeyring } from "../core/encryption.ts";
import {
  actors,
  createDeployment,
  createEnvironment,
  createRelease,
  createService,
  createTarget,
  grant,
  testContext,
  userActor,
} from "../testing/factories.ts";
import { withDatabase } from "../testing/with-database.ts";
import { removeRole } from "./commands/remove-role.ts";
import { setRole } from "./commands/set-role.ts";
import { roleSource } from "./queries/role-source.ts";
import { listRoles } from "./queries/roles.ts";

const key = vi.hoisted(() => (process.env.ENCRYPTION_KEYS = "q".repeat(43)));

const database = withDatabase();
const admin = () => testContext(database.db, actors.admin);
const account = "123456789012";
const roleArn = `arn:aws:iam::${account}:role/quarterdeck-production`;
const externalId = "qd-3f1b2c-only-ours";

/** Each look reads the database: the second for which roles are kept is another source's. */
const source = (keys = key) =>
  roleSource(
    () => database.db,
    () => parseKeyring(keys),
  );

const rowOf = (environmentId: string) =>
  database.db.awsRole.findUniqueOrThrow({ where: { environmentId_accountId: { environmentId, accountId: account } } });

test("a role with its external id is set, told without the external id, and used with it", async () => {
  const environment = await createEnvironment(database.db, { slug: "production-eu" });
  const roles = await setRole(admin(), { environment: "production-eu", roleArn, externalId, reason: "first account" });
  expect(roles).toEqual([
    { accountId: account, roleArn, hasExternalId: true, updatedAt: expect.any(String), targets: 0 },
  ]);
  expect(await listRoles(testContext(database.db, actors.viewer), { environment: environment.id })).toEqual(roles);
  expect(await source().roleFor({ environmentId: environment.id, accountId: account })).toEqual({
    roleArn,
    externalId,
    sessionName: "quarterdeck-production-eu",
  });
  expect(await source().roleFor({ environmentId: environment.id, accountId: "000000000000" })).toBeUndefined();
  expect(await source().roleIn(account)).toMatchObject({ roleArn });
  const kept = await database.db.$queryRaw<{ all: string }[]>`
    select (select json_agg(r) from aws_roles r)::text || (select json_agg(a) from audit_entries a)::text
      || (select coalesce(json_agg(e), '[]') from events e)::text as all`;
  expect(kept[0]?.all).toContain(roleArn);
  expect(kept[0]?.all).not.toContain(externalId);
  const entry = await database.db.auditEntry.findFirst({
    where: { action: "environment.set_role", subjectId: environment.id },
  });
  expect(entry).toMatchObject({ reason: "first account", changes: { accountId: account, externalId: "set" } });
});

describe("an external id", () => {
  test("stays with its role, and does not go along to another", async () => {
    const environment = await createEnvironment(database.db);
    const set = (input: object) => setRole(admin(), { environment: environment.id, roleArn, ...input });
    await set({ externalId });
    expect(await set({})).toMatchObject([{ hasExternalId: true }]);
    expect(await set({ roleArn: `${roleArn}-other` })).toMatchObject([{ hasExternalId: false }]);
    await set({ externalId });
    expect(await set({ externalId: null })).toMatchObject([{ hasExternalId: false }]);
  });

  test("copied to another environment's row does not open there", async () => {
    const [one, two] = [await createEnvironment(database.db), await createEnvironment(database.db)];
    for (const { id } of [one, two])
      await setRole(admin(), { environment: id, roleArn, externalId: `${externalId}-${id}` });
    const { externalId: stolen } = await rowOf(one.id);
    await database.db.awsRole.updateMany({ where: { environmentId: two.id }, data: { externalId: stolen } });
    const found = source().roleFor({ environmentId: two.id, accountId: account });
    await expect(found).rejects.toMatchObject({
      kind: "denied",
      advice: expect.stringContaining("moved from another row"),
    });
  });

  test("whose key is gone is a refusal that says which key, and costs the other environments nothing", async () => {
    const [lost, fine] = [await createEnvironment(database.db), await createEnvironment(database.db)];
    await setRole(admin(), { environment: lost.id, roleArn, externalId });
    await setRole(admin(), { environment: fine.id, roleArn });
    const roles = source(newEncryptionKey());
    await expect(roles.roleFor({ environmentId: lost.id, accountId: account })).rejects.toMatchObject({
      kind: "denied",
      retryable: false,
      message: `The external id of the role ${roleArn} of ${lost.slug} cannot be read.`,
      advice: expect.stringContaining(
        `encrypted with the key ${parseKeyring(key)[0]?.id}, which ENCRYPTION_KEYS does not have`,
      ),
    });
    expect(await roles.roleFor({ environmentId: fine.id, accountId: account })).toMatchObject({
      roleArn,
      externalId: null,
    });
  });
});

test.each([
  "arn:aws:iam::123:role/x",
  `arn:aws:iam::${account}:user/x`,
  `arn:aws:sts::${account}:assumed-role/x/y`,
  `${roleArn} `,
])("%j is no role", async (bad) => {
  const environment = await createEnvironment(database.db);
  await expect(setRole(admin(), { environment: environment.id, roleArn: bad })).rejects.toMatchObject({
    code: "invalid",
  });
});

describe("removing a role", () => {
  test("makes the portal act with its own credentials again", async () => {
    const environment = await createEnvironment(database.db);
    await setRole(admin(), { environment: environment.id, roleArn });
    expect(await removeRole(admin(), { environment: environment.id, accountId: account })).toEqual([]);
    expect(await source().roleFor({ environmentId: environment.id, accountId: account })).toBeUndefined();
    const again = removeRole(admin(), { environment: environment.id, accountId: account });
    await expect(again).rejects.toMatchObject({ code: "not_found" });
  });

  test("waits for the deployment that acts with it", async () => {
    const environment = await createEnvironment(database.db);
    const service = await createService(database.db);
    await setRole(admin(), { environment: environment.id, roleArn });
    const target = await createTarget(database.db, { service, environment, accountId: account });
    const release = await createRelease(database.db, { service });
    const { deploymentId, deploymentTargetId } = await createDeployment(database.db, {
      target,
      release,
      status: "running",
    });
    const remove = () => removeRole(admin(), { environment: environment.id, accountId: account });
    await expect(remove()).rejects.toMatchObject({
      code: "conflict",
      details: { reason: "role_in_use", deployment: deploymentId },
    });
    await database.db.deploymentTarget.update({ where: { id: deploymentTargetId }, data: { status: "failed" } });
    expect(await remove()).toEqual([]);
  });
});

test("only an admin of the environment sets or removes its role", async () => {
  const environment = await createEnvironment(database.db, { kind: "production" });
  const input = { environment: environment.id, roleArn };
  for (const actor of [actors.releaseManager, userActor(grant("admin", { environmentKind: "staging" }))]) {
    const ctx = testContext(database.db, actor);
    await expect(setRole(ctx, input)).rejects.toMatchObject({ code: "forbidden" });
    await expect(removeRole(ctx, { environment: environment.id, accountId: account })).rejects.toMatchObject({
      code: "forbidden",
    });
  }
  expect(await listRoles(admin(), { environment: environment.id })).toEqual([]);
});
