import { describe, expect, test, vi } from "vitest";
import { hashPassword } from "../auth/password.ts";
import { actorFromRequest } from "../auth/session.ts";
import type { Actor } from "../core/actor.ts";
import { createUser, grant, testContext } from "../testing/factories.ts";
import { createSession } from "../testing/session.ts";
import { recordedOf, withDatabase } from "../testing/with-database.ts";
import { changePassword } from "./commands/change-password.ts";
import { disableUser } from "./commands/disable-user.ts";
import { enableUser } from "./commands/enable-user.ts";
import { endSession } from "./commands/end-session.ts";
import { endSessions } from "./commands/end-sessions.ts";
import { listSessions } from "./queries/sessions.ts";

vi.hoisted(() => void (process.env.AUTH_SECRET = "secret of the test"));

const database = withDatabase();
const as = (actor: Actor) => testContext(database.db, actor);
const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/** Who a cookie is at this moment; undefined when it is worth nothing. */
async function who(cookie: string): Promise<(Actor & { kind: "user" }) | undefined> {
  const actor = await actorFromRequest({ headers: new Headers({ cookie }) }, database.db);
  return actor?.kind === "user" ? actor : undefined;
}

async function signedIn(cookie: string): Promise<Actor & { kind: "user" }> {
  const actor = await who(cookie);
  if (!actor) throw new Error("not signed in");
  return actor;
}

/** Somebody with a laptop and a phone, and an admin. */
async function scene(more: Parameters<typeof createUser>[1] = {}) {
  const user = await createUser(database.db, { grants: [grant("viewer")], ...more });
  const hourAgo = new Date(Date.now() - 3600_000);
  const phone = await createSession(database.db, user, {
    lastSeenAt: hourAgo,
    userAgent: firefox,
    address: "192.0.2.7",
  });
  const laptop = await createSession(database.db, user);
  const admin = (await createUser(database.db, { grants: [grant("admin")], passwordHash: "x" })).actor;
  return {
    user,
    phone,
    laptop,
    admin,
    alive: async () => [await who(laptop.cookie), await who(phone.cookie)].map(Boolean),
  };
}

describe("one's own sessions", () => {
  test("are listed in words, last seen first, this one marked; ended and expired ones are not", async () => {
    const { user, phone, laptop } = await scene();
    await createSession(database.db, user, { endedAt: new Date() });
    await createSession(database.db, user, { expiresAt: new Date(Date.now() - 1) });
    const listed = await listSessions(as(await signedIn(laptop.cookie)), { user: user.id });
    expect(listed).toMatchObject([
      { id: laptop.id, isThis: true, device: "Unknown device", address: null },
      { id: phone.id, isThis: false, device: "Firefox on Linux", address: "192.0.2.7", provider: "local" },
    ]);
  });

  test("end one by one, at once and once", async () => {
    const { user, phone, laptop, alive } = await scene();
    const ctx = as(await signedIn(laptop.cookie));
    await endSession(ctx, { session: phone.id });
    expect(await alive()).toEqual([true, false]);
    await endSession(ctx, { session: phone.id });
    expect((await recordedOf(database.db, user.id)).audit).toMatchObject([
      { action: "user.end_session", actorId: user.id, changes: { device: "Firefox on Linux" } },
    ]);
  });

  test("end all but this one, or all", async () => {
    const { user, laptop, alive } = await scene();
    const ctx = as(await signedIn(laptop.cookie));
    await endSessions(ctx, { user: user.id, exceptThis: true });
    expect(await alive()).toEqual([true, false]);
    await endSessions(ctx, { user: user.id, exceptThis: true });
    expect((await recordedOf(database.db, user.id)).audit).toHaveLength(1);
    await endSessions(ctx, { user: user.id });
    expect(await alive()).toEqual([false, false]);
  });

  test("are somebody else's business only for who administers people", async () => {
    const { user, phone, admin, alive } = await scene();
    const other = await createUser(database.db, { grants: [grant("release_manager")] });
    const narrow = await createUser(database.db, { grants: [grant("admin", { environmentKind: "production" })] });
    for (const { actor } of [other, narrow]) {
      await expect(listSessions(as(actor), { user: user.id })).rejects.toMatchObject({ code: "forbidden" });
      await expect(endSession(as(actor), { session: phone.id })).rejects.toMatchObject({ code: "forbidden" });
      await expect(endSession(as(actor), { session: "ses_unknown" })).rejects.toMatchObject({ code: "forbidden" });
      await expect(endSessions(as(actor), { user: user.id })).rejects.toMatchObject({ code: "forbidden" });
    }
    expect(await alive()).toEqual([true, true]);
    expect(await listSessions(as(admin), { user: user.id })).toHaveLength(2);
    await endSession(as(admin), { session: phone.id, reason: "Lost phone" });
    expect(await alive()).toEqual([true, false]);
    await expect(endSession(as(admin), { session: "ses_unknown" })).rejects.toMatchObject({ code: "not_found" });
    // With nothing of their own to keep, all but this one is all.
    await endSessions(as(admin), { user: user.id, exceptThis: true });
    expect(await alive()).toEqual([false, false]);
  });

  test("are out of a token's reach", async () => {
    const { user, phone } = await scene();
    const token: Actor = { kind: "token", id: "tok_1", name: "ci", ownerId: user.id, grants: [grant("viewer")] };
    await expect(listSessions(as(token), { user: user.id })).rejects.toMatchObject({ code: "forbidden" });
    await expect(endSession(as(token), { session: phone.id })).rejects.toMatchObject({ code: "forbidden" });
  });
});

test("a changed password ends the others, and this one goes on", async () => {
  const { laptop, alive } = await scene({ passwordHash: await hashPassword("the old password") });
  const ctx = as(await signedIn(laptop.cookie));
  await changePassword(ctx, { current: "the old password", password: "the new password" });
  expect(await alive()).toEqual([true, false]);
});

test("who is disabled is signed out for good: enabling brings no session back", async () => {
  const { user, admin, alive } = await scene();
  await disableUser(as(admin), { user: user.id });
  expect(await alive()).toEqual([false, false]);
  await enableUser(as(admin), { user: user.id });
  expect(await alive()).toEqual([false, false]);
  expect(await listSessions(as(admin), { user: user.id })).toEqual([]);
});
