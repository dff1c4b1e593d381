import { randomUUID } from "node:crypto";

export type Step = { method: "GET" | "POST"; path: string; headers: Record<string, string | number>; body?: string };
export type Visit = { next(): Step; isOver(): boolean };

const products = ["stoneware-mug", "wool-throw", "desk-lamp", "brass-pen", "day-pack", "monstera-plant", "linen-apron"];
/** Share of the visitors who put something into a cart, and of those who then buy it. */
const cartShare = 0.4;
const buyShare = 0.5;

/**
 * One visit to the shop, step by step: look around, look at products, sometimes fill a cart, sometimes buy. Every
 * second step or so goes to the API, as a phone app's would, so that the backend has traffic of its own. The visitor
 * chooses the cart's id, as the shop allows, and thus needs nothing from the answers.
 */
export function createVisit(random: () => number = Math.random): Visit {
  const steps = planVisit(random);
  let taken = 0;
  return {
    next() {
      const step = steps[taken];
      if (step === undefined) throw new Error("the visit is over");
      taken += 1;
      return step;
    },
    isOver: () => taken >= steps.length,
  };
}

function planVisit(random: () => number): Step[] {
  const cart = randomUUID();
  const product = products[Math.floor(random() * products.length)] ?? "desk-lamp";
  const cookie = { cookie: `cart=${cart}` };
  const steps: Step[] = [get("/"), get("/api/products"), get(`/products/${product}`), get(`/api/products/${product}`)];
  if (random() >= cartShare) return steps;

  steps.push(
    form("/cart", { productId: product, quantity: "1" }, cookie),
    get("/cart", cookie),
    get(`/api/carts/${cart}/items`),
  );
  if (random() >= buyShare) return steps;

  steps.push(get("/checkout", cookie), form("/checkout", { name: "A shopper", email: "shopper@example.com" }, cookie));
  return steps;
}

function get(path: string, headers: Record<string, string> = {}): Step {
  return { method: "GET", path, headers };
}

function form(path: string, fields: Record<string, string>, headers: Record<string, string>): Step {
  const body = new URLSearchParams(fields).toString();
  return {
    method: "POST",
    path,
    headers: {
      ...headers,
      "content-type": "application/x-www-form-urlencoded",
      "content-length": Buffer.byteLength(body),
    },
    body,
  };
}
