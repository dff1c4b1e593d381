import type { Route } from "../../service/exchange.ts";
import type { BackendClient, Cart } from "../backend-client.ts";
import { cartCookies, cartId } from "../cart-cookie.ts";
import { html, money, type Html } from "../html.ts";
import { redirect, type Shell } from "../shell.ts";

export function cartPages(shell: Shell, backend: BackendClient): Route[] {
  return [
    {
      method: "GET",
      path: "/cart",
      async handle(exchange) {
        const id = cartId(exchange.cookies);
        const cart = id === undefined ? undefined : await backend.cart(id, exchange.requestId);
        return shell.page(exchange, {
          title: "Your cart",
          body: cart === undefined || cart.items.length === 0 ? emptyCart() : filledCart(cart),
        });
      },
    },
    {
      method: "POST",
      path: "/cart/remove",
      async handle(exchange) {
        const id = cartId(exchange.cookies);
        const productId = new URLSearchParams(await exchange.text()).get("productId") ?? "";
        if (id === undefined) return redirect("/cart");
        return redirect("/cart", cartCookies(await backend.removeFromCart(id, productId, exchange.requestId)));
      },
    },
  ];
}

function emptyCart(): Html {
  return html`<section class="narrow">
    <h1>Your cart is empty</h1>
    <p><a class="button" href="/">Look around the shop</a></p>
  </section>`;
}

function filledCart(cart: Cart): Html {
  return html`<section class="narrow">
    <h1>Your cart</h1>
    <ul class="lines">
      ${cart.items.map(
        (item) =>
          html`<li>
            <a class="what" href="/products/${encodeURIComponent(item.productId)}">${item.name}</a>
            <span class="many">${item.quantity} × ${money(item.priceCents)}</span>
            <form method="post" action="/cart/remove">
              <input type="hidden" name="productId" value="${item.productId}" />
              <button class="quiet" type="submit" aria-label="Remove ${item.name}">Remove</button>
            </form>
            <b class="sum">${money(item.priceCents * item.quantity)}</b>
          </li>`,
      )}
    </ul>
    <p class="total"><span>Total</span> <b>${money(cart.totalCents)}</b></p>
    <p class="actions"><a href="/">Keep looking</a> <a class="button" href="/checkout">Check out</a></p>
  </section>`;
}
