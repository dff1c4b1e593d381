import type { Identity } from "../service/identity.ts";
import { createMetrics } from "../service/metrics.ts";
import { serve, type Listening } from "../service/serve.ts";
import { createBackend } from "../backend/backend.ts";
import { createDatabase } from "../backend/database.ts";
import { readShopSettings } from "../backend/settings.ts";
import { createBackendClient } from "../storefront/backend-client.ts";
import { createStorefront } from "../storefront/storefront.ts";

export type Shop = { url: string; log: string[]; close(): Promise<void> };

const address = { host: "127.0.0.1", port: 0 };

/** The backend of a version in this process, on a free port. */
export async function serveBackend(version: string, databaseUrl: string): Promise<Shop> {
  const { log, logged, identity, metrics } = parts("qkart-backend", version);
  const database = createDatabase({ url: databaseUrl, log });
  const { service, sales } = createBackend({ identity, log, metrics, database, settings: readShopSettings({}) });
  const listening = await serve(service, address);
  return shop(listening, logged, async () => {
    sales.stop();
    await database.close();
  });
}

/** The storefront of a version in this process, on a free port. */
export async function serveStorefront(version: string, backendUrl: string): Promise<Shop> {
  const { log, logged, identity, metrics } = parts("qkart-storefront", version);
  const backend = createBackendClient(backendUrl);
  const listening = await serve(createStorefront({ identity, log, metrics, backend }), address);
  return shop(listening, logged, () => Promise.resolve(backend.close()));
}

function parts(service: string, version: string) {
  const identity: Identity = { service, version, environment: "test", task: "0123456789abcdef", timeScale: 1 };
  const logged: string[] = [];
  const log = (level: string, msg: string, fields = {}) => void logged.push(JSON.stringify({ level, msg, ...fields }));
  return { identity, logged, log, metrics: createMetrics({ version }) };
}

function shop(listening: Listening, log: string[], after: () => Promise<void>): Shop {
  return {
    url: `http://127.0.0.1:${listening.port}`,
    log,
    async close() {
      await listening.close();
      await after();
    },
  };
}
