import { Problem, type Route } from "../../service/exchange.ts";
import type { BackendClient } from "../backend-client.ts";
import { cartCookies, cartId, newCartId } from "../cart-cookie.ts";
import { html, money } from "../html.ts";
import { picture } from "../pictures.ts";
import { redirect, type Shell } from "../shell.ts";

const notAdded = "not-added";

export function productPages(shell: Shell, backend: BackendClient): Route[] {
  return [
    {
      method: "GET",
      path: "/products/{id}",
      async handle(exchange) {
        const product = await backend.product(exchange.params["id"] ?? "", exchange.requestId);
        const notice = exchange.query.get("notice") === notAdded;
        return shell.page(exchange, {
          title: product.name,
          body: html`<article class="product">
            <div class="picture large ${product.category}">${picture(product)}</div>
            <div class="about">
              ${notice && html`<p class="notice" role="alert">That did not reach your cart. Nothing was lost: please add it again.</p>`}
              <p class="category">${product.category}</p>
              <h1>${product.name}</h1>
              <p class="price">${money(product.priceCents)}</p>
              <p>${product.description}</p>
              <form method="post" action="/cart">
                <input type="hidden" name="productId" value="${product.id}" />
                <label for="quantity">Quantity</label>
                <input id="quantity" name="quantity" type="number" min="1" max="99" value="1" required />
                <button type="submit">Add to cart</button>
              </form>
              <p><a href="/">Back to all products</a></p>
            </div>
          </article>`,
        });
      },
    },
    {
      method: "POST",
      path: "/cart",
      async handle(exchange) {
        const form = new URLSearchParams(await exchange.text());
        const productId = form.get("productId") ?? "";
        const id = cartId(exchange.cookies) ?? newCartId();
        const add = (cart: string) =>
          backend.addToCart(cart, { productId, quantity: Number(form.get("quantity") ?? "1") }, exchange.requestId);
        try {
          return redirect("/cart", cartCookies(await add(id)));
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          // The cart was ordered in another tab.
          if (error.status === 409) return redirect("/cart", cartCookies(await add(newCartId())));
          if (error.status >= 500) return redirect(`/products/${encodeURIComponent(productId)}?notice=${notAdded}`);
          throw error;
        }
      },
    },
  ];
}
