import { jsonReply } from "../service/exchange.ts";
import type { Identity } from "../service/identity.ts";
import type { Log } from "../service/log.ts";
import type { Metrics } from "../service/metrics.ts";
import type { Service } from "../service/serve.ts";
import type { Database } from "./database.ts";
import { cartRoutes } from "./routes/carts.ts";
import { checkoutRoutes } from "./routes/checkout.ts";
import { orderRoutes } from "./routes/orders.ts";
import { productRoutes } from "./routes/products.ts";
import { settingsRoutes } from "./routes/settings.ts";
import { versionRoutes } from "./routes/version.ts";
import { createSales, type Sales } from "./sales.ts";
import type { ShopSettings } from "./settings.ts";

type Parts = { identity: Identity; log: Log; metrics: Metrics; database: Database; settings: ShopSettings };

/** The backend as a service that can be listened to, in its own process or in a test. */
export function createBackend({ identity, log, metrics, database, settings }: Parts): {
  service: Service;
  sales: Sales;
} {
  const sales = createSales({ identity, metrics, log });
  const service: Service = {
    identity,
    log,
    metrics,
    routes: [
      ...productRoutes(database, identity),
      ...cartRoutes(database, sales),
      ...checkoutRoutes(database, sales),
      ...orderRoutes(database),
      ...settingsRoutes(settings),
      ...versionRoutes(identity),
    ],
    checks: async () => [await database.check()],
    renderProblem: (problem, requestId) =>
      jsonReply(
        problem.status,
        { title: problem.message, status: problem.status, requestId },
        { "content-type": "application/problem+json" },
      ),
  };
  return { service, sales };
}
