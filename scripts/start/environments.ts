import path from "node:path";
import { publicUrl } from "#server/core/config.ts";
import type { Config } from "#server/core/config.ts";
import type { Secrets } from "./secrets.ts";

type Environment = Record<string, string | undefined>;

/** Credentials that local AWS accepts. */
const LOCAL_CREDENTIALS = { AWS_ACCESS_KEY_ID: "local", AWS_SECRET_ACCESS_KEY: "local" };

/** Where local AWS listens, for the SDK and for its own endpoints. */
export function localAwsUrl(settings: Config): string {
  return `http://127.0.0.1:${settings.LOCAL_AWS_PORT}`;
}

/** What the portal's own processes get: the settings, the secrets, and the database. */
export function portalEnvironment(options: { settings: Config; secrets: Secrets; databaseUrl: string }): Environment {
  const { settings, secrets, databaseUrl } = options;
  return {
    NODE_ENV: "production",
    DATA_DIR: settings.DATA_DIR,
    DATABASE_URL: databaseUrl,
    ...secrets,
    PUBLIC_URL: publicUrl(settings),
    ...awsEnvironment(settings),
  };
}

/** Local AWS and the tasks that it runs need none of the portal's secrets. */
export function localAwsEnvironment(settings: Config): Environment {
  return {
    ...awsEnvironment(settings),
    NODE_ENV: "production",
    DATA_DIR: settings.DATA_DIR,
    LOCAL_AWS_PORT: String(settings.LOCAL_AWS_PORT),
    LOCAL_LB_PORT: String(settings.LOCAL_LB_PORT),
    LOCAL_AWS_TIME_SCALE: String(settings.LOCAL_AWS_TIME_SCALE),
    DATABASE_URL: undefined,
    AUTH_SECRET: undefined,
    AUDIT_KEY: undefined,
    ENCRYPTION_KEYS: undefined,
    LOCAL_PASSWORD: undefined,
  };
}

/** In local mode nothing of the developer's own AWS set-up, profile or region is left. */
export function awsEnvironment(settings: Config): Environment {
  const region = { AWS_REGION: settings.AWS_REGION };
  if (settings.QUARTERDECK_AWS === "real") return { ...region, QUARTERDECK_AWS: "real" };
  const inherited = Object.keys(process.env).filter((name) => name.startsWith("AWS_"));
  const none = path.join(settings.DATA_DIR, "no-aws-profile");
  return {
    ...Object.fromEntries(inherited.map((name) => [name, undefined])),
    ...region,
    ...LOCAL_CREDENTIALS,
    QUARTERDECK_AWS: "local",
    AWS_ENDPOINT_URL: localAwsUrl(settings),
    AWS_CONFIG_FILE: none,
    AWS_SHARED_CREDENTIALS_FILE: none,
    AWS_EC2_METADATA_DISABLED: "true",
    LOCAL_AWS_TIME_SCALE: String(settings.LOCAL_AWS_TIME_SCALE),
  };
}
