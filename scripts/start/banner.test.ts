import { expect, test } from "vitest";
import { demoPeople } from "#prisma/seed/demo/people.ts";
import { parseConfig } from "#server/core/config.ts";
import { banner, DEMO_EMAIL, FIRST_EMAIL } from "./banner.ts";

const secrets = { AUTH_SECRET: "auth", AUDIT_KEY: "audit", ENCRYPTION_KEYS: "encryption", LOCAL_PASSWORD: "word" };

test("names the sign-in of somebody in the demo who may do everything, and no other secret", () => {
  const text = banner(parseConfig({ PORT: "3999" }), secrets);
  expect(text).toMatch(/http:\/\/localhost:3999/);
  expect(text).toMatch(/local AWS, account 000000000000/);
  expect(text).toMatch(new RegExp(`${DEMO_EMAIL}[^]*word`));
  expect(text).not.toMatch(/audit|auth/);
  expect(demoPeople.find(({ email }) => email === DEMO_EMAIL)?.grants).toEqual([{ role: "admin" }]);
});

test("with a real account there is no demo, and a first administrator", () => {
  const text = banner(parseConfig({ QUARTERDECK_AWS: "real", AWS_REGION: "eu-west-1" }), secrets);
  expect(text).toMatch(/your own account, region eu-west-1/);
  expect(text).toMatch(new RegExp(`${FIRST_EMAIL}[^]*word`));
  expect(text).not.toMatch(/qkart|audit|auth/);
});

test("where passwords are switched off none is told", () => {
  const text = banner(parseConfig({ QUARTERDECK_AWS: "real", AUTH_LOCAL: "disabled" }), secrets);
  expect(text).toMatch(/http:\/\/localhost:3000/);
  expect(text).not.toMatch(/word|admin@/i);
});
