import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { shopDatabase, type TestDatabase } from "../testing/database.ts";
import { serveBackend, serveStorefront, type Shop } from "../testing/serve.ts";

let database: TestDatabase;
let backend: Shop;
let shop: Shop;

beforeAll(async () => {
  database = await shopDatabase();
  backend = await serveBackend("1.1.0", database.url);
  shop = await serveStorefront("1.1.0", backend.url);
});
afterAll(async () => {
  await shop.close();
  await backend.close();
  await database.drop();
});

/** A visitor with cookies who follows redirects by hand, as a browser does. */
function visitor(base: string) {
  const cookies = new Map<string, string>();
  async function open(
    path: string,
    form?: Record<string, string>,
  ): Promise<{ status: number; path: string; text: string }> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(base + path, {
      redirect: "manual",
      headers: { cookie },
      ...(form === undefined ? {} : { method: "POST", body: new URLSearchParams(form) }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [name = "", value = ""] = (line.split(";")[0] ?? "").split("=");
      if (line.includes("Max-Age=0")) cookies.delete(name);
      else cookies.set(name, value);
    }
    const location = answer.headers.get("location");
    if (answer.status === 303 && location !== null) return open(location);
    return { status: answer.status, path, text: await answer.text() };
  }
  return { open, cookies };
}

/** A backend that answers 500 to the requests that `fails` picks, and else passes them on. */
async function unreliable(fails: (count: number) => boolean): Promise<{ url: string; server: Server }> {
  let count = 0;
  const server = createServer(async (request, response) => {
    count += 1;
    if (fails(count)) return void response.writeHead(500).end("{}");
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const method = request.method ?? "GET";
    const answer = await fetch(backend.url + request.url, {
      method,
      ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
    });
    response.writeHead(answer.status).end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

test("a visitor looks around, fills a cart, removes a thing and buys", async () => {
  const { open, cookies } = visitor(shop.url);
  expect((await open("/")).text).toContain("Stoneware mug");
  expect((await open("/products/desk-lamp")).text).toContain("$89.00");
  await open("/cart", { productId: "desk-lamp", quantity: "2" });
  const cart = await open("/cart", { productId: "brass-pen", quantity: "1" });
  expect([cart.path, cart.text.includes("$216.00"), cookies.get("cart_count")]).toEqual(["/cart", true, "3"]);
  expect((await open("/cart/remove", { productId: "brass-pen" })).text).toContain("$178.00");
  const order = await open("/checkout", { name: "Ada & Eve <b>", email: "ada@example.com" });
  expect([order.status, order.path]).toEqual([200, expect.stringMatching(/^\/orders\/[0-9a-f-]{36}$/)]);
  expect(order.text).toContain("Thank you, Ada &amp; Eve &lt;b&gt;");
  expect(cookies.size).toBe(0);
});

test("a refused checkout keeps what was typed and says what is wrong", async () => {
  const { open } = visitor(shop.url);
  await open("/cart", { productId: "desk-lamp" });
  const refused = await open("/checkout", { name: 'Ada "Q"', email: "nobody" });
  expect(refused.status).toBe(400);
  expect(refused.text).toContain("email must be an e-mail address.");
  expect(refused.text).toContain('value="Ada &quot;Q&quot;"');
});

test("search is in 1.1.0 and not in 1.0.0; the footer names the version", async () => {
  const first = await serveStorefront("1.0.0", backend.url);
  try {
    const [now, before] = [await visitor(shop.url).open("/?q=candle"), await visitor(first.url).open("/?q=candle")];
    expect([
      now.text.includes('type="search"'),
      now.text.includes("1 product for “candle”"),
      now.text.includes("Desk lamp"),
    ]).toEqual([true, true, false]);
    expect([before.text.includes('type="search"'), before.text.includes("Desk lamp")]).toEqual([false, true]);
    expect([now.text.includes("storefront <b>1.1.0</b>"), before.text.includes("storefront <b>1.0.0</b>")]).toEqual([
      true,
      true,
    ]);
  } finally {
    await first.close();
  }
});

test("a search that the older backend does not know shows everything and says so", async () => {
  const oldBackend = await serveBackend("1.0.0", database.url);
  const newShop = await serveStorefront("1.1.0", oldBackend.url);
  try {
    const { status, text } = await visitor(newShop.url).open("/?q=candle");
    expect([status, text.includes("Search is not available right now"), text.includes("Desk lamp")]).toEqual([
      200,
      true,
      true,
    ]);
  } finally {
    await newShop.close();
    await oldBackend.close();
  }
});

test("what a search says is escaped", async () => {
  const { text } = await visitor(shop.url).open(`/?q=${encodeURIComponent('"><script>alert(1)</script>')}`);
  expect(text).not.toContain("<script>");
  expect(text).toContain("&lt;script&gt;");
});

test("every fifth backend request failing breaks no page that only reads", async () => {
  const { url, server } = await unreliable((count) => count % 5 === 0);
  const shaky = await serveStorefront("1.1.0", url);
  try {
    const statuses: number[] = [];
    for (let count = 0; count < 10; count += 1) statuses.push((await visitor(shaky.url).open("/")).status);
    expect(new Set(statuses)).toEqual(new Set([200]));
  } finally {
    await shaky.close();
    server.close();
  }
});

test("a backend that always fails gives a page with a number to quote, and the cart keeps its place", async () => {
  const { url, server } = await unreliable(() => true);
  const broken = await serveStorefront("1.1.0", url);
  try {
    const { open } = visitor(broken.url);
    const home = await open("/");
    expect(home.status).toBe(503);
    expect(home.text).toMatch(/tell us this number: <code>[0-9a-f-]{36}<\/code>/);
    expect(broken.log.join()).toContain("GET /api/products answered 500");
  } finally {
    await broken.close();
    server.close();
  }
});

test("an item that could not be added leads back to the product with a notice, not to an error", async () => {
  // The POST fails; the product page after it is answered.
  const { url, server } = await unreliable((count) => count === 1);
  const shaky = await serveStorefront("1.1.0", url);
  try {
    const page = await visitor(shaky.url).open("/cart", { productId: "desk-lamp" });
    expect([page.status, page.path]).toEqual([200, "/products/desk-lamp?notice=not-added"]);
    expect(page.text).toContain("please add it again");
  } finally {
    await shaky.close();
    server.close();
  }
});

test("ready follows the backend, health does not", async () => {
  const lonely = await serveStorefront("1.1.0", "http://127.0.0.1:9");
  try {
    const codes = await Promise.all(
      [lonely.url, shop.url].flatMap((base) =>
        ["/health", "/ready"].map(async (path) => (await fetch(base + path)).status),
      ),
    );
    expect(codes).toEqual([200, 503, 200, 200]);
  } finally {
    await lonely.close();
  }
});
