import { createHmac } from "node:crypto";
import pg from "pg";
import { seedCatalogue } from "./backend/catalogue.ts";
import { migrateTo } from "./backend/migrations.ts";

/**
 * Creates, migrates and seeds one database per environment in the cluster of `adminUrl`, for local mode; on AWS
 * the databases come from the infrastructure code. Each belongs to a role of its own, so QKart never holds the
 * administrator's password. Idempotent; returns the connection string of each environment.
 */
export async function ensureQkartDatabases(options: {
  adminUrl: string;
  environments: readonly string[];
}): Promise<Record<string, string>> {
  const urls: Record<string, string> = {};
  await withClient(options.adminUrl, async (admin) => {
    for (const environment of options.environments) {
      const name = databaseName(environment);
      const password = derivePassword(options.adminUrl, name);
      await ensureRole(admin, name, password);
      await ensureDatabase(admin, name);
      const url = new URL(options.adminUrl);
      Object.assign(url, { username: name, password, pathname: `/${name}` });
      urls[environment] = url.href;
    }
  });
  await Promise.all(Object.values(urls).map((url) => withClient(url, prepare)));
  return urls;
}

async function prepare(client: pg.Client): Promise<void> {
  await migrateTo(client);
  await seedCatalogue(client);
}

async function ensureRole(admin: pg.Client, name: string, password: string): Promise<void> {
  const found = await admin.query("select 1 from pg_roles where rolname = $1", [name]);
  const verb = found.rowCount === 0 ? "create" : "alter";
  await admin.query(`${verb} role ${pg.escapeIdentifier(name)} login password ${pg.escapeLiteral(password)}`);
}

async function ensureDatabase(admin: pg.Client, name: string): Promise<void> {
  const database = pg.escapeIdentifier(name);
  const found = await admin.query("select 1 from pg_database where datname = $1", [name]);
  if (found.rowCount !== 0) return;
  await admin.query(`create database ${database} owner ${database}`);
  await admin.query(`revoke connect on database ${database} from public`);
}

function databaseName(environment: string): string {
  if (!/^[a-z][a-z0-9-]{0,40}$/.test(environment))
    throw new Error(`"${environment}" cannot be part of a database's name`);
  return `qkart_${environment.replaceAll("-", "_")}`;
}

/** The same on every start, so that tasks which run already can reconnect, yet known to nobody without the administrator's. */
function derivePassword(adminUrl: string, name: string): string {
  return createHmac("sha256", new URL(adminUrl).password).update(name).digest("base64url");
}

async function withClient<T>(url: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}
