import { jsonReply, Problem, type Route } from "../../service/exchange.ts";
import type { Database, Query } from "../database.ts";
import { readObject, textField, uuidParam } from "../input.ts";
import type { Sales } from "../sales.ts";
import { readCart } from "./carts.ts";
import { readOrder } from "./orders.ts";

type Buyer = { name: string; email: string };

export function checkoutRoutes(database: Database, sales: Sales): Route[] {
  return [
    {
      method: "POST",
      path: "/api/checkout",
      async handle(exchange) {
        const body = await readObject(exchange);
        const cartId = uuidParam(textField(body, "cartId", 36), "cartId");
        const buyer = { name: textField(body, "name", 200), email: emailField(body) };
        const { orderId, isNew } = await database.transaction((query) => order(query, cartId, buyer));
        const placed = await readOrder(database.query, orderId);
        if (isNew) sales.ordered(placed.totalCents);
        return jsonReply(isNew ? 201 : 200, placed);
      },
    },
  ];
}

/** Orders what is in the cart. A repeated checkout of the same cart finds the order that exists: it is safe to retry. */
async function order(query: Query, cartId: string, buyer: Buyer): Promise<{ orderId: string; isNew: boolean }> {
  await query("select 1 from shop.carts where id = $1 for update", [cartId]);
  const [existing] = await query<{ id: string }>("select id from shop.orders where cart_id = $1", [cartId]);
  if (existing !== undefined) return { orderId: existing.id, isNew: false };

  const cart = await readCart(query, cartId);
  if (cart.items.length === 0) throw new Problem(409, "The cart is empty.");
  const [created] = await query<{ id: string }>(
    "insert into shop.orders (cart_id, name, email, total_cents) values ($1, $2, $3, $4) returning id",
    [cartId, buyer.name, buyer.email, cart.totalCents],
  );
  if (created === undefined) throw new Error("the new order has no id");
  await query(
    `insert into shop.order_items (order_id, product_id, name, price_cents, quantity)
     select $1, product.id, product.name, product.price_cents, item.quantity
     from shop.cart_items item join shop.products product on product.id = item.product_id where item.cart_id = $2`,
    [created.id, cartId],
  );
  await query("delete from shop.cart_items where cart_id = $1", [cartId]);
  return { orderId: created.id, isNew: true };
}

function emailField(body: Record<string, unknown>): string {
  const email = textField(body, "email", 254);
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new Problem(400, "email must be an e-mail address.");
  return email;
}
