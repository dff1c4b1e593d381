import { beforeAll, describe, expect, test } from "vitest";
import { standingOf } from "../auth/grants.ts";
import { actorFromToken } from "../auth/tokens.ts";
import type { Actor } from "../core/actor.ts";
import { allows } from "../core/permissions.ts";
import { createEnvironment, createTeam, createUser, grant, testContext } from "../testing/factories.ts";
import { recordedOf, rowCounts, withDatabase } from "../testing/with-database.ts";
import { addMember } from "./commands/add-member.ts";
import { createGrant } from "./commands/create-grant.ts";
import { createToken } from "./commands/create-token.ts";
import { deleteGrant } from "./commands/delete-grant.ts";
import { disableUser } from "./commands/disable-user.ts";
import { endElevation } from "./commands/end-elevation.ts";
import { openElevation } from "./commands/open-elevation.ts";
import { removeMember } from "./commands/remove-member.ts";
import { reviewElevation } from "./commands/review-elevation.ts";
import { updateUser } from "./commands/update-user.ts";
import { listElevations } from "./queries/elevations.ts";
import { getMe } from "./queries/me.ts";

const reason = "Checkout is down in production";
const minute = 60_000;
const database = withDatabase();
let time = Date.parse("2026-11-22T12:00:00Z");
const now = () => new Date(time);
const as = (actor: Actor) => testContext(database.db, actor, { now });

let root: Actor;
beforeAll(async () => {
  root = (await createUser(database.db, { name: "Root", passwordHash: "x", grants: [grant("admin")] })).actor;
});

/** The person as a request of this moment would make them, which reads their grants anew. */
async function signedIn(userId: string): Promise<Actor & { kind: "user" }> {
  const { id, name, email } = await database.db.user.findUniqueOrThrow({ where: { id: userId } });
  return { kind: "user", id, name, email, ...(await standingOf(database.db, id, now())) };
}

/** A viewer with a dormant role admin in production, by themselves. */
async function scene(given: { role?: "admin" | "developer"; expiresAt?: Date } = {}) {
  const environment = await createEnvironment(database.db, { kind: "production" });
  const user = await createUser(database.db, { name: "Ana Ruiz", passwordHash: "x", grants: [grant("viewer")] });
  const dormant = await createGrant(as(root), {
    user: user.id,
    role: given.role ?? "admin",
    breakGlass: true,
    ...(given.role ? { environment: environment.slug } : {}),
    ...(given.expiresAt ? { expiresAt: given.expiresAt.toISOString() } : {}),
  });
  const may = async () => allows(await signedIn(user.id), "deployments:write", { environment }, now());
  const open = async (minutes = 60) =>
    openElevation(as(await signedIn(user.id)), { grant: dormant.id, reason, minutes });
  return { environment, user, dormant, may, open };
}

describe("a dormant grant", () => {
  test("counts while its holder has raised their role, and not a moment longer", async () => {
    const { user, environment, may, open } = await scene({ role: "developer" });
    expect(await may()).toBe(false);
    const dto = await open();
    expect(dto).toMatchObject({ status: "open", reason, user: { name: "Ana Ruiz" }, can: { end: true } });
    expect(await may()).toBe(true);
    time += 60 * minute - 1;
    expect(await may()).toBe(true);
    time += 1;
    expect(await may()).toBe(false);
    const { audit, events } = await recordedOf(database.db, dto.id);
    expect(audit.map((entry) => [entry.action, entry.actorId, entry.reason])).toEqual([
      ["elevation.open", user.id, reason],
    ]);
    expect(events).toHaveLength(1);
    const changes = await database.db.change.findMany({ where: { subjectId: dto.id } });
    expect(changes).toMatchObject([{ kind: "elevation", environmentId: environment.id, actorId: user.id }]);
  });

  test("of a team counts for the member who raised it and for no other", async () => {
    const team = await createTeam(database.db);
    const [one, two] = [await createUser(database.db), await createUser(database.db)];
    for (const user of [one, two]) await addMember(as(root), { team: team.id, user: user.id });
    const dormant = await createGrant(as(root), { toTeam: team.slug, role: "admin", breakGlass: true });
    await openElevation(as(await signedIn(one.id)), { grant: dormant.id, reason });
    expect(allows(await signedIn(one.id), "people:write", {}, now())).toBe(true);
    expect(allows(await signedIn(two.id), "people:write", {}, now())).toBe(false);
    await removeMember(as(root), { team: team.id, user: one.id });
    expect(allows(await signedIn(one.id), "people:write", {}, now())).toBe(false);
    await addMember(as(root), { team: team.id, user: one.id });
    expect(allows(await signedIn(one.id), "people:write", {}, now())).toBe(false);
  });

  test("that expires ends the elevation with it", async () => {
    const expiresAt = new Date(time + 10 * minute);
    const { may, open, user, dormant } = await scene({ role: "developer", expiresAt });
    expect((await open()).expiresAt).toBe(expiresAt.toISOString());
    time += 10 * minute;
    expect(await may()).toBe(false);
    await expect(openElevation(as(await signedIn(user.id)), { grant: dormant.id, reason })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("that is taken away ends at once, keeps its history, and is no longer listed", async () => {
    const { may, open, dormant, user } = await scene({ role: "developer" });
    const { id } = await open();
    await deleteGrant(as(root), { grant: dormant.id });
    expect(await may()).toBe(false);
    expect((await listElevations(as(root), { status: "to_review" })).items.map((one) => one.id)).toContain(id);
    await expect(deleteGrant(as(root), { grant: dormant.id })).rejects.toMatchObject({ code: "not_found" });
    expect((await getMe(as(await signedIn(user.id)), {})).raisable).toEqual([]);
  });
});

describe("raising one's role", () => {
  test.each([
    ["words that say nothing", { reason: "- - - !!" }],
    ["a single word", { reason: "incident" }],
    ["no reason", { reason: "  " }],
    ["four minutes", { minutes: 4 }],
    ["more than an hour", { minutes: 61 }],
  ])("needs more than %s", async (_what, more) => {
    const { user, dormant } = await scene();
    const before = await rowCounts(database.db);
    const asked = openElevation(as(await signedIn(user.id)), { grant: dormant.id, reason, ...more });
    await expect(asked).rejects.toMatchObject({ code: "invalid" });
    expect(await rowCounts(database.db)).toEqual(before);
  });

  test("works once from two tabs", async () => {
    const { open } = await scene();
    const outcomes = await Promise.allSettled([open(), open()]);
    expect(outcomes.map((one) => one.status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await expect(open()).rejects.toMatchObject({ code: "conflict", details: { reason: "elevation_open" } });
  });

  test("is refused by another's grant, by one that counts already, by a token, and to whoever is disabled", async () => {
    const { user, dormant } = await scene();
    const stranger = await createUser(database.db, { grants: [grant("admin")] });
    const asStranger = as(await signedIn(stranger.id));
    await expect(openElevation(asStranger, { grant: dormant.id, reason })).rejects.toMatchObject({ code: "not_found" });
    const { id } = await database.db.grant.findFirstOrThrow({ where: { principalId: stranger.id } });
    await expect(openElevation(asStranger, { grant: id, reason })).rejects.toMatchObject({
      details: { reason: "not_break_glass" },
    });
    const { secret } = await createToken(as(await signedIn(user.id)), { name: "script", role: "viewer" });
    const token = await actorFromToken(database.db, secret, now());
    await expect(openElevation(as(token), { grant: dormant.id, reason })).rejects.toMatchObject({
      details: { reason: "not_a_person" },
    });
    const stale = as(await signedIn(user.id));
    await disableUser(as(root), { user: user.id });
    await expect(openElevation(stale, { grant: dormant.id, reason })).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("what was raised", () => {
  test("is not for the person's tokens", async () => {
    const { user, open } = await scene();
    await open();
    const raised = await signedIn(user.id);
    await expect(createToken(as(raised), { name: "for later", role: "admin" })).rejects.toMatchObject({
      details: { reason: "more_than_held" },
    });
    const { token, secret } = await createToken(as(raised), { name: "viewing", role: "viewer" });
    await createGrant(as(root), { token: token.id, role: "admin" });
    expect(allows(await actorFromToken(database.db, secret, now()), "people:write", "anywhere", now())).toBe(false);
  });

  test("gives nothing that outlives it: no role, no membership, no password of an admin", async () => {
    const { user, open } = await scene();
    await open();
    const raised = as(await signedIn(user.id));
    const tooMuch = { details: { reason: "more_than_held" } };
    await expect(createGrant(raised, { user: user.id, role: "admin" })).rejects.toMatchObject(tooMuch);
    const team = await createTeam(database.db);
    await createGrant(as(root), { toTeam: team.id, role: "admin" });
    await expect(addMember(raised, { team: team.id, user: user.id })).rejects.toMatchObject(tooMuch);
    const rootId = root.kind === "user" ? root.id : "";
    const password = "a long enough password";
    await expect(updateUser(raised, { user: rootId, password })).rejects.toMatchObject(tooMuch);
  });

  test("is given back by its holder, or ended by an admin, and by nobody else", async () => {
    const mine = await scene({ role: "developer" });
    const opened = await mine.open();
    const stranger = await createUser(database.db, { grants: [grant("developer")] });
    await expect(endElevation(as(stranger.actor), { elevation: opened.id })).rejects.toMatchObject({
      code: "forbidden",
    });
    await endElevation(as(await signedIn(mine.user.id)), { elevation: opened.id });
    expect(await mine.may()).toBe(false);
    const again = await mine.open();
    expect(await endElevation(as(root), { elevation: again.id, reason: "over" })).toMatchObject({
      status: "to_review",
    });
    expect(await mine.may()).toBe(false);
    await endElevation(as(root), { elevation: again.id });
    expect((await recordedOf(database.db, again.id)).audit.map((one) => one.action)).toEqual([
      "elevation.open",
      "elevation.end",
    ]);
  });

  test("ends with the account, for good", async () => {
    const { user, open, may } = await scene({ role: "developer" });
    await open();
    await disableUser(as(root), { user: user.id });
    await database.db.user.update({ where: { id: user.id }, data: { disabledAt: null } });
    expect(await may()).toBe(false);
  });
});

test("raising and taking away at the same moment leave nothing that counts", async () => {
  const { open, dormant, may } = await scene({ role: "developer" });
  await Promise.allSettled([open(), deleteGrant(as(root), { grant: dormant.id })]);
  expect(await may()).toBe(false);
  const left = await database.db.elevation.findMany({ where: { grantId: dormant.id, endedAt: null } });
  expect(left).toEqual([]);
});

describe("the review", () => {
  test("is another person's, afterwards, once", async () => {
    const { user, open } = await scene();
    const { id } = await open();
    await expect(reviewElevation(as(root), { elevation: id })).rejects.toMatchObject({ code: "conflict" });
    await endElevation(as(root), { elevation: id });
    const waiting = (await listElevations(as(root), {})).toReview;
    await database.db.grant.create({
      data: { id: "grt_own", principalKind: "user", principalId: user.id, ...grant("admin") },
    });
    await expect(reviewElevation(as(await signedIn(user.id)), { elevation: id })).rejects.toMatchObject({
      code: "forbidden",
      message: "Somebody else has to review it.",
    });
    const dto = await reviewElevation(as(root), { elevation: id, note: "Looked at the log, fine" });
    expect(dto).toMatchObject({
      status: "reviewed",
      review: { by: { name: "Root" }, note: "Looked at the log, fine" },
    });
    await expect(reviewElevation(as(root), { elevation: id })).rejects.toMatchObject({ code: "conflict" });
    expect((await listElevations(as(root), {})).toReview).toBe(waiting - 1);
  });

  test("is not for a role that is raised itself", async () => {
    const [one, two] = [await scene(), await scene()];
    const { id } = await one.open();
    await endElevation(as(root), { elevation: id });
    await two.open();
    await expect(reviewElevation(as(await signedIn(two.user.id)), { elevation: id })).rejects.toMatchObject({
      message: "A raised role is not enough to review this.",
    });
  });
});

test("the last admin may be one by a team, and is kept there", async () => {
  await database.db.grant.deleteMany({ where: { role: "admin" } });
  const team = await createTeam(database.db);
  const only = await createUser(database.db, { passwordHash: "x" });
  const held = { principalKind: "team", principalId: team.id, ...grant("admin") };
  await database.db.grant.create({ data: { id: "grt_team", ...held } });
  await database.db.membership.create({ data: { teamId: team.id, userId: only.id } });
  // A dormant admin is none.
  const sleeper = await createUser(database.db, { passwordHash: "x" });
  const dormant = { ...held, principalKind: "user", principalId: sleeper.id, breakGlass: true };
  await database.db.grant.create({ data: { id: "grt_dormant", ...dormant } });
  const system = as({ kind: "system", id: "test" });
  const lastAdmin = { code: "conflict", details: { reason: "last_admin" } };
  await expect(removeMember(system, { team: team.id, user: only.id })).rejects.toMatchObject(lastAdmin);
  await expect(deleteGrant(system, { grant: "grt_team" })).rejects.toMatchObject(lastAdmin);
  await expect(disableUser(system, { user: only.id })).rejects.toMatchObject(lastAdmin);
});
