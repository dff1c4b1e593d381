import type { Identity } from "../service/identity.ts";
import type { Log } from "../service/log.ts";
import type { Metrics } from "../service/metrics.ts";
import type { Service } from "../service/serve.ts";
import { assetRoutes } from "./assets.ts";
import type { BackendClient } from "./backend-client.ts";
import { createShell } from "./shell.ts";
import { cartPages } from "./pages/cart.ts";
import { checkoutPages } from "./pages/checkout.ts";
import { homePages } from "./pages/home.ts";
import { orderPages } from "./pages/order.ts";
import { productPages } from "./pages/product.ts";
import { problemPage } from "./pages/problem.ts";

type Parts = { identity: Identity; log: Log; metrics: Metrics; backend: BackendClient };

/** The shop front as a service that can be listened to, in its own process or in a test. */
export function createStorefront({ identity, log, metrics, backend }: Parts): Service {
  const shell = createShell(identity);
  return {
    identity,
    log,
    metrics,
    routes: [
      ...homePages(shell, backend),
      ...productPages(shell, backend),
      ...cartPages(shell, backend),
      ...checkoutPages(shell, backend),
      ...orderPages(shell, backend),
      ...assetRoutes(),
    ],
    checks: async () => [await backend.check()],
    renderProblem: (problem, requestId) => problemPage(shell, problem, requestId),
  };
}
