import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { shopDatabase, type TestDatabase } from "../testing/database.ts";
import { serveBackend, type Shop } from "../testing/serve.ts";
import { sweep } from "./sweep.ts";

let database: TestDatabase;
let client: pg.Client;
let backend: Shop;
let older: Shop;

beforeAll(async () => {
  database = await shopDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  backend = await serveBackend("1.1.0", database.url);
  older = await serveBackend("1.0.0", database.url);
});
afterAll(async () => {
  await backend.close();
  await older.close();
  await client.end();
  await database.drop();
});

type Item = { productId: string; quantity: number };
type Body = {
  products: { id: string; name: string }[];
  query?: string;
  items: Item[];
  totalCents: number;
  id: string;
  title: string;
};

async function call(
  method: string,
  path: string,
  body?: unknown,
  base = backend.url,
): Promise<{ status: number; body: Body }> {
  const answer = await fetch(base + path, {
    method,
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Body };
}

const items = (cart: string) => `/api/carts/${cart}/items`;
const buyer = { name: "Ada", email: "ada@example.com" };

describe("products", () => {
  test("lists the catalogue and finds one product", async () => {
    const { body } = await call("GET", "/api/products");
    expect(body.products).toHaveLength(12);
    expect((await call("GET", "/api/products/desk-lamp")).body).toMatchObject({ name: "Desk lamp", priceCents: 8900 });
    expect((await call("GET", "/api/products/nope")).status).toBe(404);
  });

  test("1.1.0 searches by word, by stem and by part of the name; 1.0.0 ignores the parameter", async () => {
    const found = async (q: string, base?: string) =>
      (await call("GET", `/api/products?q=${encodeURIComponent(q)}`, undefined, base)).body;
    expect((await found("fountain pens")).products.map(({ id }) => id)).toEqual(["dot-grid-notebook"]);
    expect((await found("candle")).products.map(({ id }) => id)).toEqual(["beeswax-candles"]);
    expect((await found("note")).products.map(({ id }) => id)).toEqual(["dot-grid-notebook"]);
    expect((await found("'; drop table -- %")).products).toEqual([]);
    const old = await found("candle", older.url);
    expect([old.products.length, old.query]).toEqual([12, undefined]);
  });
});

describe("cart and checkout", () => {
  test("adds, adds up, removes and empties", async () => {
    const cart = randomUUID();
    expect((await call("GET", items(cart))).body).toEqual({ id: cart, items: [], totalCents: 0 });
    await call("POST", items(cart), { productId: "brass-pen" });
    const added = await call("POST", items(cart), { productId: "brass-pen", quantity: 2 });
    expect([added.status, added.body.totalCents]).toEqual([201, 3 * 3800]);
    await call("POST", items(cart), { productId: "wool-throw" });
    expect(
      (await call("DELETE", `${items(cart)}?productId=brass-pen`)).body.items.map(({ productId }) => productId),
    ).toEqual(["wool-throw"]);
    expect((await call("DELETE", items(cart))).body.items).toEqual([]);
  });

  test("a checkout empties the cart into an order, and repeating it finds the same order", async () => {
    const cart = randomUUID();
    await call("POST", items(cart), { productId: "day-pack", quantity: 2 });
    const placed = await call("POST", "/api/checkout", { cartId: cart, ...buyer });
    expect([placed.status, placed.body.totalCents]).toEqual([201, 25_600]);
    const again = await call("POST", "/api/checkout", { cartId: cart, ...buyer });
    expect([again.status, again.body.id]).toEqual([200, placed.body.id]);
    expect((await call("GET", `/api/orders/${placed.body.id}`)).body).toEqual(placed.body);
    expect((await call("POST", items(cart), { productId: "day-pack" })).status).toBe(409);
  });

  test("checkouts of one cart at once make one order", async () => {
    const cart = randomUUID();
    await call("POST", items(cart), { productId: "day-pack" });
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => call("POST", "/api/checkout", { cartId: cart, ...buyer })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  });

  test("the order's page shows no e-mail address", async () => {
    const cart = randomUUID();
    await call("POST", items(cart), { productId: "day-pack" });
    const { body } = await call("POST", "/api/checkout", { cartId: cart, ...buyer });
    expect(JSON.stringify((await call("GET", `/api/orders/${body.id}`)).body)).not.toContain(buyer.email);
  });

  test.each([
    ["an empty cart", "POST", "/api/checkout", { cartId: randomUUID(), ...buyer }, 409],
    ["no name", "POST", "/api/checkout", { cartId: randomUUID(), email: buyer.email }, 400],
    ["a name with NUL", "POST", "/api/checkout", { cartId: randomUUID(), ...buyer, name: "a\0b" }, 400],
    ["no address", "POST", "/api/checkout", { cartId: randomUUID(), name: "Ada", email: "nobody" }, 400],
    ["a cart that is no UUID", "GET", "/api/carts/1/items", undefined, 400],
    ["an order that is no UUID", "GET", "/api/orders/%00", undefined, 400],
    ["an unknown order", "GET", `/api/orders/${randomUUID()}`, undefined, 404],
    ["an unknown product", "POST", items(randomUUID()), { productId: "nope" }, 404],
    ["a product with NUL", "POST", items(randomUUID()), { productId: "a\0" }, 400],
    ["half a lamp", "POST", items(randomUUID()), { productId: "desk-lamp", quantity: 0.5 }, 400],
    ["a hundred lamps", "POST", items(randomUUID()), { productId: "desk-lamp", quantity: 100 }, 400],
    ["no JSON", "POST", items(randomUUID()), "{", 400],
    ["an array", "POST", items(randomUUID()), [], 400],
    ["a product to remove with NUL", "DELETE", `${items(randomUUID())}?productId=%00`, undefined, 400],
  ])("refuses %s", async (_, method, path, body, status) => {
    const answer = await call(method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.body.title).toMatch(/\w/);
  });
});

test("business metrics count carts, orders, revenue and conversion", async () => {
  const shop = await serveBackend("1.1.0", database.url);
  try {
    const [bought, abandoned] = [randomUUID(), randomUUID()];
    await call("POST", items(bought), { productId: "desk-lamp", quantity: 2 }, shop.url);
    await call("POST", items(bought), { productId: "brass-pen" }, shop.url);
    await call("POST", items(abandoned), { productId: "brass-pen" }, shop.url);
    await call("POST", "/api/checkout", { cartId: bought, ...buyer }, shop.url);
    await call("POST", "/api/checkout", { cartId: bought, ...buyer }, shop.url);
    const text = await (await fetch(`${shop.url}/metrics`)).text();
    const value = (name: string) => Number(new RegExp(`^${name}\\{.*\\} (.*)$`, "m").exec(text)?.[1]);
    expect([
      value("qkart_carts_total"),
      value("qkart_orders_total"),
      value("qkart_revenue_dollars_total"),
      value("qkart_conversion_ratio"),
    ]).toEqual([2, 1, 216, 0.5]);
  } finally {
    await shop.close();
  }
});

test("the sweep deletes old carts and orders and keeps the rest", async () => {
  const [old, young] = [randomUUID(), randomUUID()];
  await call("POST", items(old), { productId: "desk-lamp" });
  await call("POST", items(young), { productId: "desk-lamp" });
  await client.query("update shop.carts set updated_at = now() - interval '61 minutes' where id = $1", [old]);
  await sweep({ query: async (text, values = []) => (await client.query(text, [...values])).rows });
  expect((await call("GET", items(old))).body.items).toEqual([]);
  expect((await call("GET", items(young))).body.items).toHaveLength(1);
});

test("the version says who answers", async () => {
  expect((await call("GET", "/api/version")).body).toEqual({
    service: "qkart-backend",
    version: "1.1.0",
    environment: "test",
    task: "0123456789abcdef",
  });
});
