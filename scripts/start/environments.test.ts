import { afterEach, expect, test, vi } from "vitest";
import { parseConfig } from "#server/core/config.ts";
import { localAwsEnvironment, portalEnvironment } from "./environments.ts";

const secrets = { AUTH_SECRET: "a", AUDIT_KEY: "b", ENCRYPTION_KEYS: "d", LOCAL_PASSWORD: "c" };
const databaseUrl = "postgresql://somewhere/quarterdeck";

afterEach(() => vi.unstubAllEnvs());

test("in local mode nothing of a developer's own AWS set-up is left", () => {
  vi.stubEnv("AWS_PROFILE", "production");
  vi.stubEnv("AWS_SESSION_TOKEN", "token");
  vi.stubEnv("AWS_ENDPOINT_URL_ECS", "https://ecs.us-east-1.amazonaws.com");
  const env = portalEnvironment({ settings: parseConfig({ LOCAL_AWS_PORT: "4999" }), secrets, databaseUrl });
  expect(env).toMatchObject({
    AWS_ENDPOINT_URL: "http://127.0.0.1:4999",
    AWS_ACCESS_KEY_ID: "local",
    DATABASE_URL: databaseUrl,
  });
  for (const name of ["AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL_ECS"]) {
    expect(Object.keys(env)).toContain(name);
    expect(env[name]).toBeUndefined();
  }
});

test("a real account is reached as the developer's own set-up says", () => {
  vi.stubEnv("AWS_PROFILE", "production");
  const env = portalEnvironment({ settings: parseConfig({ QUARTERDECK_AWS: "real" }), secrets, databaseUrl });
  expect(Object.keys(env)).not.toContain("AWS_PROFILE");
  expect(Object.keys(env)).not.toContain("AWS_ENDPOINT_URL");
});

test("local AWS and its tasks get none of the portal's secrets", () => {
  vi.stubEnv("DATABASE_URL", databaseUrl);
  vi.stubEnv("AUTH_SECRET", "a");
  const env = localAwsEnvironment(parseConfig({}));
  for (const name of ["DATABASE_URL", "AUTH_SECRET", "AUDIT_KEY", "ENCRYPTION_KEYS", "LOCAL_PASSWORD"])
    expect(env).toHaveProperty(name, undefined);
});
