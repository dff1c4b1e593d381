import { createLog } from "../service/log.ts";
import { createMetrics } from "../service/metrics.ts";
import { readIdentity } from "../service/identity.ts";
import { failWhenFaulty, runService } from "../service/run.ts";
import { createBackendClient } from "./backend-client.ts";
import { createStorefront } from "./storefront.ts";

const identity = readIdentity("qkart-storefront", process.env);
const log = createLog(identity);
failWhenFaulty(identity, log);

const backend = createBackendClient(process.env["BACKEND_URL"] ?? "http://127.0.0.1:8081");
const metrics = createMetrics({ version: identity.version });

await runService(createStorefront({ identity, log, metrics, backend }), {
  port: 8080,
  close: () => Promise.resolve(backend.close()),
});
