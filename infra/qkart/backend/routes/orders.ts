import { jsonReply, Problem, type Route } from "../../service/exchange.ts";
import type { Database, Query } from "../database.ts";
import { uuidParam } from "../input.ts";

type OrderRow = { id: string; name: string; totalCents: number; createdAt: Date };
type OrderItem = { productId: string; name: string; priceCents: number; quantity: number };
export type Order = Omit<OrderRow, "createdAt"> & { createdAt: string; items: OrderItem[] };

export function orderRoutes(database: Database): Route[] {
  return [
    {
      method: "GET",
      path: "/api/orders/{id}",
      handle: async ({ params }) =>
        jsonReply(200, await readOrder(database.query, uuidParam(params["id"], "The order's id"))),
    },
  ];
}

/** An order as its buyer may see it: whoever holds the link sees no e-mail address. */
export async function readOrder(query: Query, id: string): Promise<Order> {
  const [order] = await query<OrderRow>(
    `select id, name, total_cents as "totalCents", created_at as "createdAt" from shop.orders where id = $1`,
    [id],
  );
  if (order === undefined) throw new Problem(404, "There is no such order.");
  const items = await query<OrderItem>(
    `select product_id as "productId", name, price_cents as "priceCents", quantity
     from shop.order_items where order_id = $1 order by name`,
    [id],
  );
  return { ...order, createdAt: order.createdAt.toISOString(), items };
}
