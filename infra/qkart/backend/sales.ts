import type { Identity } from "../service/identity.ts";
import type { Fields, Log } from "../service/log.ts";
import type { Metrics } from "../service/metrics.ts";

const awsMinuteMs = 60_000;
/** Scaled minutes may be one second long; business lines need not be that many. */
const shortestIntervalMs = 10_000;

export type Sales = {
  cartStarted(): void;
  ordered(totalCents: number): void;
  stop(): void;
};

/**
 * The business metrics: orders, revenue and conversion (checkouts per cart). They are on `/metrics`, and once
 * a minute a log line in CloudWatch's embedded metric format carries them: CloudWatch Logs extracts the metrics
 * of namespace `QKart` by itself, which costs this process no AWS SDK and no permission.
 */
export function createSales({ identity, metrics, log }: { identity: Identity; metrics: Metrics; log: Log }): Sales {
  const carts = metrics.counter("qkart_carts_total", "Carts that got their first item.");
  const orders = metrics.counter("qkart_orders_total", "Orders placed.");
  const revenue = metrics.counter("qkart_revenue_dollars_total", "Value of the orders placed, in US dollars.");
  metrics.gauge("qkart_conversion_ratio", "Orders per cart since the process started.", () =>
    ratio(orders.total(), carts.total()),
  );

  const written = { carts: 0, orders: 0, revenue: 0 };
  const write = () => {
    const now = { carts: carts.total(), orders: orders.total(), revenue: revenue.total() };
    const interval = {
      carts: now.carts - written.carts,
      orders: now.orders - written.orders,
      revenue: now.revenue - written.revenue,
    };
    Object.assign(written, now);
    if (interval.carts + interval.orders > 0) log("info", "sales", embeddedMetrics(identity, interval));
  };
  const timer = setInterval(write, Math.max(awsMinuteMs / identity.timeScale, shortestIntervalMs)).unref();

  return {
    cartStarted: () => carts.add(1),
    ordered(totalCents) {
      orders.add(1);
      revenue.add(totalCents / 100);
    },
    stop() {
      clearInterval(timer);
      write();
    },
  };
}

function embeddedMetrics(identity: Identity, interval: { carts: number; orders: number; revenue: number }): Fields {
  return {
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [
        {
          Namespace: "QKart",
          Dimensions: [["Environment"], ["Environment", "Version"]],
          Metrics: [
            { Name: "Orders", Unit: "Count" },
            { Name: "Revenue", Unit: "None" },
            { Name: "Conversion", Unit: "Percent" },
          ],
        },
      ],
    },
    Environment: identity.environment,
    Version: identity.version,
    Orders: interval.orders,
    Revenue: Math.round(interval.revenue * 100) / 100,
    Conversion: Math.round(ratio(interval.orders, interval.carts) * 10_000) / 100,
  };
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
