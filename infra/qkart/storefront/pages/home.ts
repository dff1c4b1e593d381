import type { Route } from "../../service/exchange.ts";
import type { BackendClient, Product } from "../backend-client.ts";
import { html, money, type Html } from "../html.ts";
import { picture } from "../pictures.ts";
import type { Shell } from "../shell.ts";

export function homePages(shell: Shell, backend: BackendClient): Route[] {
  return [
    {
      method: "GET",
      path: "/",
      async handle(exchange) {
        const search = shell.hasSearch ? (exchange.query.get("q") ?? "").trim().slice(0, 100) : "";
        const list = await backend.products(search, exchange.requestId);
        const understood = search === "" || list.query !== undefined;
        return shell.page(exchange, {
          title: search === "" ? "Everyday things, well made" : `Search: ${search}`,
          search,
          body: html`${search === "" ? hero() : searchHead(search, list.products.length, understood)}
            <ul class="grid">
              ${list.products.map(tile)}
            </ul>`,
        });
      },
    },
  ];
}

function hero(): Html {
  return html`<section class="hero">
    <h1>Everyday things, well made</h1>
    <p>For the kitchen, the desk and the garden. Chosen slowly, kept for years.</p>
  </section>`;
}

function searchHead(search: string, count: number, understood: boolean): Html {
  if (!understood)
    return html`<h1>All products</h1>
      <p class="notice">Search is not available right now; this is everything we have.</p>`;
  if (count === 0)
    return html`<h1>Nothing found for “${search}”</h1>
      <p><a href="/">Show all products</a></p>`;
  return html`<h1>${count} ${count === 1 ? "product" : "products"} for “${search}”</h1>
    <p><a href="/">Show all products</a></p>`;
}

function tile(product: Product): Html {
  return html`<li class="tile">
    <a href="/products/${encodeURIComponent(product.id)}">
      <span class="picture ${product.category}">${picture(product)}</span>
      <span class="name">${product.name}</span>
      <span class="price">${money(product.priceCents)}</span>
    </a>
  </li>`;
}
