import { z } from "zod";
import { parseKeyring, type Keyring } from "./encryption.ts";
import { parseProxies } from "./proxies.ts";

const port = (fallback: number) => z.coerce.number().int().min(1).max(65535).default(fallback);
const optional = z
  .string()
  .optional()
  .transform((value) => (value === "" ? undefined : value));

const count = (fallback: number) => z.coerce.number().int().min(0).max(1_000_000).default(fallback);

/** What a parser has to say against a value. */
function whyNot(parse: (value: string) => unknown, value: string): string | undefined {
  try {
    parse(value);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Every setting of every process. Tested equal to `.env.example`; nothing else reads `process.env`. */
export const configSchema = z.object({
  PORT: port(3000).describe("Port of the portal"),
  HOST: z.string().default("127.0.0.1").describe("Address that the portal listens on; 0.0.0.0 for every interface"),
  EDGE_PORT: port(3001).describe("Port of the flag edge (not started yet)"),
  EDGE_GRPC_PORT: port(3002).describe("gRPC port of the flag edge (not started yet)"),
  LOCAL_AWS_PORT: port(4566).describe("Port of local AWS"),
  LOCAL_LB_PORT: port(8100).describe("First port of the local load balancers, one per environment"),
  DATA_DIR: z.string().min(1).default(".data").describe("Where the embedded database, local AWS and logs live"),
  PUBLIC_URL: optional.describe("Address that people use, when it is not http://localhost:PORT"),

  DATABASE_URL: optional.describe("PostgreSQL 15 or newer; empty starts the embedded one"),
  DATABASE_POOL_MAX: z.coerce.number().int().min(1).max(500).default(10).describe("Connections per process"),
  DATABASE_STATEMENT_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(100)
    .default(15_000)
    .describe("Longest query, milliseconds"),

  QUARTERDECK_AWS: z
    .enum(["local", "real"])
    .default("local")
    .describe("local starts local AWS; real uses your account"),
  LOCAL_AWS_TIME_SCALE: z.coerce
    .number()
    .min(1)
    .max(600)
    .default(10)
    .describe("In local AWS a minute of AWS time passes in 60/scale seconds"),
  AWS_ENDPOINT_URL: optional.describe("Set by npm start in local mode"),
  AWS_REGION: z.string().default("us-east-1").describe("Region of the portal's own AWS calls"),

  AUTH_SECRET: optional.describe("Signs sessions; generated into DATA_DIR/secrets.json when empty"),
  AUDIT_KEY: optional.describe("Keys the audit chain; generated into DATA_DIR/secrets.json when empty"),
  ENCRYPTION_KEYS: optional
    .refine((value) => value === undefined || whyNot(parseKeyring, value) === undefined, {
      error: (issue) => whyNot(parseKeyring, String(issue.input)) ?? "",
    })
    .describe(
      "Encrypt secrets in the database: 32 bytes in base64 each, comma-separated; the first encrypts, all decrypt. Generated into DATA_DIR/secrets.json when empty",
    ),
  LOCAL_PASSWORD: optional.describe("Password of the demo accounts; generated when empty"),
  AUTH_LOCAL: z.enum(["enabled", "disabled"]).default("enabled").describe("Sign-in with e-mail and password"),
  AUTH_GITHUB_URL: z
    .url({ protocol: /^https?$/ })
    .default("https://github.com")
    .describe("Address of GitHub, or of a GitHub Enterprise Server; https://HOST without a path"),
  AUTH_GITHUB_ID: optional.describe("GitHub OAuth application"),
  AUTH_GITHUB_SECRET: optional.describe("GitHub OAuth application"),
  AUTH_OIDC_ISSUER: optional.describe("OpenID Connect issuer, for example https://id.example.com"),
  AUTH_OIDC_ID: optional.describe("OpenID Connect client id"),
  AUTH_OIDC_SECRET: optional.describe("OpenID Connect client secret"),

  TRUSTED_PROXIES: optional
    .refine((value) => value === undefined || whyNot(parseProxies, value) === undefined, {
      error: (issue) => whyNot(parseProxies, String(issue.input)) ?? "",
    })
    .describe(
      "Addresses and networks of proxies in front of the portal, comma-separated; only their X-Forwarded-For is believed",
    ),
  RATE_LIMIT_READS: count(6000).describe(
    "Reads a minute per person or token, and per address without sign-in; 0 sets no limit",
  ),
  RATE_LIMIT_WRITES: count(300).describe(
    "Writes a minute per person or token, and per address without sign-in; 0 sets no limit",
  ),
  RATE_LIMIT_SIGN_INS: count(60).describe("Sign-ins a minute per address; 0 sets no limit"),
  LIVE_STREAMS_PER_PERSON: count(40).describe(
    "Streams of live changes that a person or token has open at once; 0 sets no limit",
  ),

  OTEL_EXPORTER_OTLP_ENDPOINT: optional.describe(
    "OpenTelemetry collector that traces are sent to over HTTP, such as http://localhost:4318; empty sends none",
  ),
  WORKER_METRICS_PORT: z.coerce
    .number()
    .int()
    .min(1)
    .max(65535)
    .optional()
    .describe("Port of the worker's /metrics and /health; empty serves none"),

  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info").describe("Least level that is logged"),
});

export type Config = z.infer<typeof configSchema>;

/** Parses settings; throws one readable line per bad value. */
export function parseConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const result = configSchema.safeParse(given);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`Bad configuration. ${lines.join("; ")}`);
}

let cached: Config | undefined;

/** The configuration of this process, read once. */
export function config(): Config {
  cached ??= parseConfig(process.env);
  return cached;
}

/** Factor by which local AWS shortens waits; 1 with a real account, whatever else is set. */
export function timeScale(settings: Config = config()): number {
  return settings.QUARTERDECK_AWS === "local" ? settings.LOCAL_AWS_TIME_SCALE : 1;
}

/** Where people reach the portal, without a trailing slash. */
export function publicUrl(settings: Config = config()): string {
  return (settings.PUBLIC_URL ?? `http://localhost:${settings.PORT}`).replace(/\/$/, "");
}

/** A secret that must be present; the supervisor generates it, other set-ups must pass it. */
export function requiredSecret(
  name: "AUTH_SECRET" | "AUDIT_KEY" | "ENCRYPTION_KEYS",
  settings: Config = config(),
): string {
  const value = settings[name];
  if (!value) throw new Error(`${name} is not set. npm start generates it; set it yourself in other set-ups.`);
  return value;
}

/** The keys that secrets in the database are encrypted with. */
export function encryptionKeyring(settings: Config = config()): Keyring {
  return parseKeyring(requiredSecret("ENCRYPTION_KEYS", settings));
}
