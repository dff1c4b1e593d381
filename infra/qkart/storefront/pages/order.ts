import type { Route } from "../../service/exchange.ts";
import type { BackendClient, Order } from "../backend-client.ts";
import { html, money, type Html } from "../html.ts";
import type { Shell } from "../shell.ts";

export function orderPages(shell: Shell, backend: BackendClient): Route[] {
  return [
    {
      method: "GET",
      path: "/orders/{id}",
      async handle(exchange) {
        const order = await backend.order(exchange.params["id"] ?? "", exchange.requestId);
        return shell.page(exchange, { title: "Your order", body: receipt(order) });
      },
    },
  ];
}

function receipt(order: Order): Html {
  return html`<section class="narrow">
    <h1>Thank you, ${order.name}</h1>
    <p>
      Order <code>${order.id.slice(0, 8)}</code>, placed
      <time datetime="${order.createdAt}">${order.createdAt.slice(0, 10)}</time>.
    </p>
    <ul class="lines">
      ${order.items.map(
        (item) =>
          html`<li>
            <span class="what">${item.name}</span>
            <span class="many">${item.quantity} × ${money(item.priceCents)}</span>
            <b class="sum">${money(item.priceCents * item.quantity)}</b>
          </li>`,
      )}
    </ul>
    <p class="total"><span>Total</span> <b>${money(order.totalCents)}</b></p>
    <p class="actions"><a class="button" href="/">Back to the shop</a></p>
  </section>`;
}
