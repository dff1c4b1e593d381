import { createLog } from "../service/log.ts";
import { createMetrics } from "../service/metrics.ts";
import { readIdentity } from "../service/identity.ts";
import { failWhenFaulty, runService } from "../service/run.ts";
import { createBackend } from "./backend.ts";
import { createDatabase } from "./database.ts";
import { readShopSettings } from "./settings.ts";
import { startSweeping } from "./sweep.ts";

const identity = readIdentity("qkart-backend", process.env);
const settings = readShopSettings(process.env);
const log = createLog(identity, { level: settings.logLevel });
failWhenFaulty(identity, log);

const database = createDatabase({ url: process.env["DATABASE_URL"], log });
const metrics = createMetrics({ version: identity.version });
const backend = createBackend({ identity, log, metrics, database, settings });
const stopSweeping = startSweeping(database, log);

await runService(backend.service, {
  port: 8081,
  async close() {
    stopSweeping();
    backend.sales.stop();
    await database.close();
  },
});
database.connectUntilReady();
