import { Agent, request as httpRequest } from "node:http";
import { Problem } from "../service/exchange.ts";
import type { Check } from "../service/serve.ts";

export type Product = { id: string; name: string; category: string; description: string; priceCents: number };
type Line = { productId: string; name: string; priceCents: number; quantity: number };
export type Cart = { id: string; items: Line[]; totalCents: number };
export type Order = { id: string; name: string; items: Line[]; totalCents: number; createdAt: string };

/** `query` is echoed by backends that can search, from 1.1.0 on. */
export type ProductList = { products: Product[]; query?: string };

export type BackendClient = {
  products(search: string, requestId: string): Promise<ProductList>;
  product(id: string, requestId: string): Promise<Product>;
  cart(id: string, requestId: string): Promise<Cart>;
  addToCart(id: string, item: { productId: string; quantity: number }, requestId: string): Promise<Cart>;
  removeFromCart(id: string, productId: string, requestId: string): Promise<Cart>;
  checkout(order: { cartId: string; name: string; email: string }, requestId: string): Promise<Order>;
  order(id: string, requestId: string): Promise<Order>;
  check(): Promise<Check>;
  close(): void;
};

type Call = { method: "GET" | "POST" | "DELETE"; path: string; body?: unknown; requestId: string };
type Answer = { status: number; body: string };

const timeoutMs = 5_000;

/** Calls the backend through the environment's load balancer. */
export function createBackendClient(baseUrl: string): BackendClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });

  // node:http and not fetch, which would load a second HTTP stack into a process that should stay small.
  function send(call: Call): Promise<Answer> {
    const body = call.body === undefined ? undefined : JSON.stringify(call.body);
    const headers = {
      "x-request-id": call.requestId,
      ...(body === undefined ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(body) }),
    };
    return new Promise((resolve, reject) => {
      const outgoing = httpRequest(
        new URL(call.path, baseUrl),
        { method: call.method, headers, agent, timeout: timeoutMs },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
          incoming.on("error", reject);
          incoming.on("end", () =>
            resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks).toString("utf8") }),
          );
        },
      );
      outgoing.on("timeout", () => outgoing.destroy(new Error(`no answer from the backend in ${timeoutMs} ms`)));
      outgoing.on("error", reject);
      outgoing.end(body);
    });
  }

  /** Calls that may be repeated are tried twice, so that one bad backend task does not break a page. */
  async function call<T>(options: Call, repeatable = options.method === "GET"): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await send(options).catch((error: unknown) => ({ status: 0, body: "", error }));
      if (outcome.status >= 200 && outcome.status < 300) return JSON.parse(outcome.body) as T;
      if (outcome.status >= 400 && outcome.status < 500) throw new Problem(outcome.status, titleOf(outcome.body));
      if (repeatable && attempt === 1) continue;
      const cause = "error" in outcome ? outcome.error : `${options.method} ${options.path} answered ${outcome.status}`;
      throw new Problem(503, "The shop cannot reach its backend right now. Please try again in a moment.", { cause });
    }
  }

  const cartPath = (id: string) => `/api/carts/${encodeURIComponent(id)}/items`;
  return {
    products: (search, requestId) =>
      call({
        method: "GET",
        path: search === "" ? "/api/products" : `/api/products?q=${encodeURIComponent(search)}`,
        requestId,
      }),
    product: (id, requestId) => call({ method: "GET", path: `/api/products/${encodeURIComponent(id)}`, requestId }),
    cart: (id, requestId) => call({ method: "GET", path: cartPath(id), requestId }),
    addToCart: (id, item, requestId) => call({ method: "POST", path: cartPath(id), body: item, requestId }),
    removeFromCart: (id, productId, requestId) =>
      call({ method: "DELETE", path: `${cartPath(id)}?productId=${encodeURIComponent(productId)}`, requestId }, true),
    // A repeated checkout of one cart finds the same order.
    checkout: (order, requestId) => call({ method: "POST", path: "/api/checkout", body: order, requestId }, true),
    order: (id, requestId) => call({ method: "GET", path: `/api/orders/${encodeURIComponent(id)}`, requestId }),
    async check() {
      const outcome = await send({ method: "GET", path: "/api/version", requestId: "ready" }).catch(
        (error: Error) => error,
      );
      if (outcome instanceof Error) return { name: "backend", ok: false, detail: outcome.message };
      return { name: "backend", ok: outcome.status === 200, detail: `HTTP ${outcome.status}` };
    },
    close: () => agent.destroy(),
  };
}

function titleOf(body: string): string {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === "object" && value !== null && "title" in value && typeof value.title === "string")
      return value.title;
  } catch {
    // Not from the backend itself: a proxy answers in HTML.
  }
  return "The shop could not do that.";
}
