import { jsonReply, Problem, type Route } from "../../service/exchange.ts";
import type { Database, Query } from "../database.ts";
import { boundedText, quantityField, readObject, textField, uuidParam } from "../input.ts";
import type { Sales } from "../sales.ts";

type Item = { productId: string; name: string; priceCents: number; quantity: number };

const path = "/api/carts/{id}/items";

/** The id of a cart is chosen by the client (a UUID); the cart exists from its first item on. */
export function cartRoutes(database: Database, sales: Sales): Route[] {
  return [
    {
      method: "GET",
      path,
      handle: async ({ params }) =>
        jsonReply(200, await readCart(database.query, uuidParam(params["id"], "The cart's id"))),
    },
    {
      method: "POST",
      path,
      async handle(exchange) {
        const cartId = uuidParam(exchange.params["id"], "The cart's id");
        const body = await readObject(exchange);
        const item = { cartId, productId: textField(body, "productId", 100), quantity: quantityField(body) };
        const { created, cart } = await database.transaction((query) => addItem(query, item));
        if (created) sales.cartStarted();
        return jsonReply(201, cart);
      },
    },
    {
      method: "DELETE",
      path,
      async handle({ params, query }) {
        const cartId = uuidParam(params["id"], "The cart's id");
        const productId = query.get("productId");
        await database.query(
          "delete from shop.cart_items where cart_id = $1 and ($2::text is null or product_id = $2)",
          [cartId, productId === null ? null : boundedText(productId, "productId", 100)],
        );
        return jsonReply(200, await readCart(database.query, cartId));
      },
    },
  ];
}

async function addItem(query: Query, item: { cartId: string; productId: string; quantity: number }) {
  const known = await query("select 1 from shop.products where id = $1", [item.productId]);
  if (known.length === 0) throw new Problem(404, "There is no such product.");
  const [cart] = await query<{ created: boolean; ordered: boolean }>(
    `insert into shop.carts (id) values ($1) on conflict (id) do update set updated_at = now()
     returning xmax = 0 as created, exists (select 1 from shop.orders where cart_id = $1) as ordered`,
    [item.cartId],
  );
  if (cart?.ordered) throw new Problem(409, "This cart has been ordered; start a new one.");
  await query(
    `insert into shop.cart_items as item (cart_id, product_id, quantity) values ($1, $2, $3)
     on conflict (cart_id, product_id) do update set quantity = least(99, item.quantity + excluded.quantity)`,
    [item.cartId, item.productId, item.quantity],
  );
  return { created: cart?.created ?? false, cart: await readCart(query, item.cartId) };
}

export async function readCart(query: Query, id: string): Promise<{ id: string; items: Item[]; totalCents: number }> {
  const items = await query<Item>(
    `select product.id as "productId", product.name, product.price_cents as "priceCents", item.quantity
     from shop.cart_items item join shop.products product on product.id = item.product_id
     where item.cart_id = $1 order by item.added_at, product.id`,
    [id],
  );
  return { id, items, totalCents: items.reduce((sum, item) => sum + item.priceCents * item.quantity, 0) };
}
