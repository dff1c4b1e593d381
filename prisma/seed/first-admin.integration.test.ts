import { expect, test } from "vitest";
import { FIRST_EMAIL } from "../../scripts/start/banner.ts";
import { verifyPassword } from "#server/auth/password.ts";
import { withDatabase } from "#server/testing/with-database.ts";
import { firstAdminEmail, seedFirstAdmin } from "./first-admin.ts";

const database = withDatabase();
const settings = () => ({ databaseUrl: database.url, password: "a long enough one" });

test("an installation without anybody gets one administrator, once", async () => {
  await seedFirstAdmin(settings());
  await seedFirstAdmin({ ...settings(), password: "another password" });
  const [user, ...others] = await database.db.user.findMany();
  expect(others).toEqual([]);
  expect(user?.email).toBe(firstAdminEmail);
  expect(await verifyPassword("a long enough one", user?.passwordHash ?? "")).toBe(true);
  expect(await database.db.grant.findMany()).toMatchObject([
    { principalId: user?.id, role: "admin", scopeKind: "everything" },
  ]);
});

test("npm start prints the address that signs in", () => {
  expect(FIRST_EMAIL).toBe(firstAdminEmail);
});
