import { expect, test } from "vitest";
import { createApi } from "../api/handler.ts";
import { bearerOf } from "../testing/api-caller.ts";
import { createEnvironment, createService, createTeam, createUser, grant, userActor } from "../testing/factories.ts";
import { createFakeRuntime } from "../testing/fake-runtime.ts";
import { withDatabase } from "../testing/with-database.ts";
import type { Actor } from "./actor.ts";
import { whyNot } from "./permissions.ts";
import { knowingWhoMay } from "./who-may.ts";

const database = withDatabase();

test("a refusal names those who can, by themselves and by their teams, and counts the rest", async () => {
  const { db } = database;
  const production = await createEnvironment(db, { kind: "production" });
  const team = await createTeam(db);
  const service = await createService(db, { teamId: team.id });
  const person = (name: string, more: object = {}) => createUser(db, { name, passwordHash: "x", ...more });
  const inTeam = await person("Mo Member");
  await db.membership.create({ data: { teamId: team.id, userId: inTeam.id } });
  const toTeam = {
    principalKind: "team",
    principalId: team.id,
    ...grant("developer", { scopeKind: "team", scopeId: team.id }),
  };
  await db.grant.create({ data: { id: "grt_team", ...toTeam } });
  await person("Ada Admin", { grants: [grant("admin")] });
  await person("Rhea Release", { grants: [grant("release_manager", { environmentKind: "production" })] });
  await person("Out Of Time", { grants: [grant("admin", { expiresAt: new Date(0) })] });
  await person("Shut Out", { disabledAt: new Date(), grants: [grant("admin")] });
  await createUser(db, { name: "Never Signs In", grants: [grant("admin")] });
  const sleeper = await person("Sleeper");
  const dormant = { principalKind: "user", principalId: sleeper.id, ...grant("admin"), breakGlass: true };
  await db.grant.create({ data: { id: "grt_dormant", ...dormant } });

  const now = new Date();
  const ask = async (actor: Actor) =>
    whyNot(await knowingWhoMay(actor, { db, now }), "deployments:write", { service, environment: production }, now);
  const need = "This needs the role developer in production.";
  expect(await ask(userActor(grant("viewer")))).toBe(`${need} Mo Member, Rhea Release and 1 other can do this.`);
  const ana = { ...userActor(grant("viewer")), dormant: [grant("developer", { environmentId: production.id })] };
  expect(await ask(ana)).toBe(`${need} Mo Member, Rhea Release and 1 other can do this, or raise your own role.`);
  expect(await ask(userActor()), "who sees nobody is told nobody").toBe(`${need} An admin can grant it.`);
});

test("a 403 says who, in words and as data", async () => {
  const { db } = database;
  await createUser(db, { name: "Ada Admin", passwordHash: "x", grants: [grant("admin")] });
  const answer = createApi({ db: () => db, ports: () => createFakeRuntime({ now: () => new Date() }).ports });
  const call = async (authorization: string) => {
    const headers = { authorization, "content-type": "application/json" };
    const body = JSON.stringify({ slug: "x", name: "X" });
    return (await answer(new Request("http://deck.example/api/v1/teams", { method: "POST", headers, body }))).json();
  };
  const refused = (await call(await bearerOf(db, "viewer"))) as { detail: string; who: { names: string[] } };
  expect(refused).toMatchObject({ status: 403, permission: "people:write" });
  expect(refused.who.names).toContain("Ada Admin");
  expect(refused.detail).toContain(refused.who.names[0]);
  expect(await call(await bearerOf(db, "nobody"))).not.toHaveProperty("who");
});
