import { Problem, type Exchange, type Reply, type Route } from "../../service/exchange.ts";
import type { BackendClient } from "../backend-client.ts";
import { cartId, noCartCookies } from "../cart-cookie.ts";
import { html, money } from "../html.ts";
import { redirect, type Shell } from "../shell.ts";

type Buyer = { name: string; email: string };

export function checkoutPages(shell: Shell, backend: BackendClient): Route[] {
  async function form(exchange: Exchange, cart: string, filled: Buyer, refusal?: Problem): Promise<Reply> {
    const { items, totalCents } = await backend.cart(cart, exchange.requestId);
    if (items.length === 0) return redirect("/cart");
    return shell.page(exchange, {
      title: "Check out",
      status: refusal?.status ?? 200,
      body: html`<section class="narrow">
        <h1>Check out</h1>
        ${refusal !== undefined && html`<p class="notice" role="alert">${refusal.message}</p>`}
        <form class="stack" method="post" action="/checkout">
          <label for="name">Name</label>
          <input id="name" name="name" autocomplete="name" maxlength="200" required value="${filled.name}" />
          <label for="email">E-mail</label>
          <input
            id="email"
            name="email"
            type="email"
            autocomplete="email"
            maxlength="254"
            required
            value="${filled.email}"
          />
          <p class="total">
            <span>${items.length} ${items.length === 1 ? "product" : "products"}</span> <b>${money(totalCents)}</b>
          </p>
          <p class="actions"><a href="/cart">Back to the cart</a> <button type="submit">Place the order</button></p>
        </form>
      </section>`,
    });
  }

  return [
    {
      method: "GET",
      path: "/checkout",
      handle: (exchange) => {
        const cart = cartId(exchange.cookies);
        return cart === undefined ? redirect("/cart") : form(exchange, cart, { name: "", email: "" });
      },
    },
    {
      method: "POST",
      path: "/checkout",
      async handle(exchange) {
        const cart = cartId(exchange.cookies);
        if (cart === undefined) return redirect("/cart");
        const sent = new URLSearchParams(await exchange.text());
        const buyer = { name: sent.get("name") ?? "", email: sent.get("email") ?? "" };
        try {
          const order = await backend.checkout({ cartId: cart, ...buyer }, exchange.requestId);
          return redirect(`/orders/${order.id}`, noCartCookies());
        } catch (error) {
          if (error instanceof Problem && error.status < 500) return form(exchange, cart, buyer, error);
          throw error;
        }
      },
    },
  ];
}
