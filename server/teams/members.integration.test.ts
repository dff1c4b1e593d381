import { beforeAll, expect, test } from "vitest";
import { grantsOf, standingOf } from "../auth/grants.ts";
import { actorFromToken } from "../auth/tokens.ts";
import type { Actor } from "../core/actor.ts";
import { allows } from "../core/permissions.ts";
import {
  actors,
  createEnvironment,
  createService,
  createTeam,
  createUser,
  grant,
  testContext,
} from "../testing/factories.ts";
import { recordedOf, rowCounts, withDatabase } from "../testing/with-database.ts";
import { addMember } from "./commands/add-member.ts";
import { createGrant } from "./commands/create-grant.ts";
import { createToken } from "./commands/create-token.ts";
import { deleteGrant } from "./commands/delete-grant.ts";
import { removeMember } from "./commands/remove-member.ts";
import { listGrants } from "./queries/grants.ts";
import { getMe } from "./queries/me.ts";
import { getUser } from "./queries/people.ts";
import { listTeams } from "./queries/teams.ts";

const database = withDatabase();
const as = (actor: Actor = actors.admin) => testContext(database.db, actor);
beforeAll(async () => {
  await createUser(database.db, { passwordHash: "x", grants: [grant("admin")] });
});

/** A team that may deploy its own services in staging, and a person outside. */
async function scene() {
  const { db } = database;
  const [team, user] = [await createTeam(db), await createUser(db)];
  const [service, other] = [await createService(db, { teamId: team.id }), await createService(db)];
  const environment = await createEnvironment(db, { kind: "staging" });
  const given = { toTeam: team.slug, role: "developer", team: team.slug, environmentKind: "staging" } as const;
  const dto = await createGrant(as(), given);
  const now = () => new Date();
  const person = async (): Promise<Actor> => ({ ...user.actor, ...(await standingOf(db, user.id, now())) });
  const may = async (where = service) =>
    allows(await person(), "deployments:write", { service: where, environment }, now());
  return { db, team, user, service, other, environment, dto, person, may };
}

test("what a team holds counts for its members, on its scope, for as long as they are in it", async () => {
  const { db, team, user, other, may } = await scene();
  expect(await may()).toBe(false);
  const dto = await addMember(as(), { team: team.id, user: user.id, reason: "New here" });
  expect(dto.members).toMatchObject([{ id: user.id, name: user.name }]);
  expect(await may()).toBe(true);
  expect(await may(other)).toBe(false);
  expect((await removeMember(as(), { team: team.id, user: user.id })).members).toEqual([]);
  expect(await may()).toBe(false);
  const { audit, events } = await recordedOf(db, team.id);
  expect(audit.map((entry) => entry.action)).toEqual(["grant.create", "team.add_member", "team.remove_member"]);
  expect(audit[1]).toMatchObject({ reason: "New here", changes: { member: { before: null, after: user.id } } });
  expect(events).toHaveLength(3);
});

test("a token of a member may what the team may, until the member leaves", async () => {
  const { db, team, user, service, environment, person } = await scene();
  await addMember(as(), { team: team.id, user: user.id });
  const place = { service: service.id, environment: environment.id };
  const { secret } = await createToken(as(await person()), { name: "ci", role: "developer", ...place });
  const may = async () =>
    allows(await actorFromToken(db, secret, new Date()), "deployments:write", { service, environment }, new Date());
  expect(await may()).toBe(true);
  await removeMember(as(), { team: team.id, user: user.id });
  expect(await may()).toBe(false);
});

test("a team's grant that expired or was taken away counts for nobody", async () => {
  const { db, team, user, dto, may } = await scene();
  await addMember(as(), { team: team.id, user: user.id });
  await db.grant.update({ where: { id: dto.id }, data: { expiresAt: new Date() } });
  expect(await may()).toBe(false);
  await db.grant.update({ where: { id: dto.id }, data: { expiresAt: null } });
  expect(await may()).toBe(true);
  await deleteGrant(as(), { grant: dto.id });
  expect(await may()).toBe(false);
  expect(await grantsOf(db, { kind: "user", id: user.id }, new Date())).toEqual([]);
});

test("pages show it: the person's teams, the team's members and roles, and one's own", async () => {
  const { team, user, dto, person } = await scene();
  await addMember(as(), { team: team.id, user: user.id });
  expect(await getUser(as(), { user: user.id })).toMatchObject({ grants: [], teams: [{ slug: team.slug }] });
  const shown = (await listTeams(as(actors.viewer), {})).find((one) => one.id === team.id);
  expect(shown).toMatchObject({
    members: [{ id: user.id }],
    grants: [{ id: dto.id }],
    can: { update: expect.stringContaining("role admin") },
  });
  expect((await getMe(as(await person()), {})).grants).toMatchObject([
    { id: dto.id, principal: { kind: "team", name: team.name } },
  ]);
  expect((await listGrants(as(), { toTeam: team.id })).items.map((one) => one.id)).toEqual([dto.id]);
});

test("adding and removing again changes nothing, and who may not changes nothing", async () => {
  const { db, team, user } = await scene();
  const key = { team: team.slug, user: user.id };
  await removeMember(as(), key);
  await addMember(as(), key);
  const before = await rowCounts(db);
  await addMember(as(), key);
  for (const actor of [actors.releaseManager, actors.viewer, actors.nobody]) {
    await expect(addMember(as(actor), key)).rejects.toMatchObject({ code: "forbidden" });
    await expect(removeMember(as(actor), key)).rejects.toMatchObject({ code: "forbidden" });
  }
  await expect(addMember(as(), { ...key, user: "usr_nobody" })).rejects.toMatchObject({ code: "not_found" });
  const disabled = await createUser(db, { disabledAt: new Date() });
  await expect(addMember(as(), { ...key, user: disabled.id })).rejects.toMatchObject({
    details: { reason: "user_disabled" },
  });
  expect(await rowCounts(db)).toEqual({ ...before, users: (before["users"] ?? 0) + 1 });
});

test("a grant goes to exactly one of person, team and token, and a token never wakes", async () => {
  const { team, user } = await scene();
  const fields = async (input: object) => {
    const refused = await createGrant(as(), { role: "viewer", ...input } as never).catch(
      (error: { details: { fields: object } }) => error.details.fields,
    );
    return Object.keys(refused);
  };
  expect(await fields({})).toEqual(["user"]);
  expect(await fields({ user: user.id, toTeam: team.id })).toEqual(["user"]);
  expect(await fields({ token: "tok_1", breakGlass: true })).toEqual(["breakGlass"]);
});
