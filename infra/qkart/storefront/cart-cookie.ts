import { randomUUID } from "node:crypto";
import type { Cart } from "./backend-client.ts";

const uuid = /^[0-9a-f-]{36}$/;
const maxAgeSeconds = 3_600;

/** The visitor's cart, if they have one. */
export function cartId(cookies: Record<string, string>): string | undefined {
  const id = cookies["cart"];
  return id !== undefined && uuid.test(id) ? id : undefined;
}

export function newCartId(): string {
  return randomUUID();
}

/** How many items the header shows, kept in a cookie so that a page costs no call for it. */
export function cartCount(cookies: Record<string, string>): number {
  const count = Number(cookies["cart_count"]);
  return Number.isInteger(count) && count > 0 && count < 10_000 ? count : 0;
}

export function cartCookies(cart: Cart): string[] {
  const count = cart.items.reduce((sum, item) => sum + item.quantity, 0);
  return [cookie("cart", cart.id, maxAgeSeconds), cookie("cart_count", String(count), maxAgeSeconds)];
}

export function noCartCookies(): string[] {
  return [cookie("cart", "", 0), cookie("cart_count", "", 0)];
}

function cookie(name: string, value: string, seconds: number): string {
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}`;
}
