import type { Exchange, Reply } from "../service/exchange.ts";
import { isAtLeast, type Identity } from "../service/identity.ts";
import { stylesheetPath } from "./assets.ts";
import { cartCount } from "./cart-cookie.ts";
import { html, type Html } from "./html.ts";

type Page = { title: string; body: Html; status?: number; search?: string; cookies?: string[] };

/** Renders pages in the shop's frame; `exchange` is absent for problems that no route caused. */
export type Shell = { hasSearch: boolean; page(exchange: Exchange | undefined, page: Page): Reply };

const contentPolicy =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

export function createShell(identity: Identity): Shell {
  const hasSearch = isAtLeast(identity.version, 1, 1);
  return {
    hasSearch,
    page: (exchange, { title, body, status = 200, search = "", cookies = [] }) => ({
      status,
      headers: {
        "content-type": "text/html; charset=utf-8",
        "cache-control": "no-store",
        "content-security-policy": contentPolicy,
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        ...(cookies.length === 0 ? {} : { "set-cookie": cookies }),
      },
      body: html`<!doctype html>
        <html lang="en">
          <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta name="color-scheme" content="light dark" />
            <title>${title} · QKart</title>
            <link rel="stylesheet" href="${stylesheetPath}?v=${identity.version}" />
            <link
              rel="icon"
              href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ccircle cx='8' cy='8' r='7' fill='%232f6b52'/%3E%3C/svg%3E"
            />
          </head>
          <body>
            <a class="skip" href="#content">Skip to content</a>
            <header class="top">
              <a class="brand" href="/">QKart</a>
              ${hasSearch && searchForm(search)} ${cartLink(exchange === undefined ? 0 : cartCount(exchange.cookies))}
            </header>
            <main id="content">${body}</main>
            <footer class="bottom">
              <p>A sample shop. Nothing is charged and nothing is sent.</p>
              <p class="build">
                storefront <b>${identity.version}</b> · ${identity.environment} · task ${identity.task.slice(0, 8)}
              </p>
            </footer>
          </body>
        </html> `.text,
    }),
  };
}

function searchForm(search: string): Html {
  return html`<form class="search" role="search" action="/" method="get">
    <label class="hidden" for="q">Search products</label>
    <input id="q" name="q" type="search" maxlength="100" placeholder="Search products" value="${search}" />
    <button type="submit">Search</button>
  </form>`;
}

function cartLink(count: number): Html {
  const label = count === 0 ? "Cart" : `Cart, ${count} ${count === 1 ? "item" : "items"}`;
  return html`<a class="cart-link" href="/cart" aria-label="${label}"
    >Cart${count > 0 && html` <span class="count">${count}</span>`}</a
  >`;
}

export function redirect(location: string, cookies: string[] = []): Reply {
  return {
    status: 303,
    headers: { location, "cache-control": "no-store", ...(cookies.length === 0 ? {} : { "set-cookie": cookies }) },
    body: "",
  };
}
