import { readFileSync } from "node:fs";
import type { Route } from "../service/exchange.ts";

/** Where the layout links it, with the version as a parameter so that a new version is fetched anew. */
export const stylesheetPath = "/assets/shop.css";

export function assetRoutes(): Route[] {
  const stylesheet = readFileSync(new URL("./assets/shop.css", import.meta.url), "utf8");
  const headers = { "content-type": "text/css; charset=utf-8", "cache-control": "public, max-age=86400" };
  return [{ method: "GET", path: stylesheetPath, handle: () => ({ status: 200, headers, body: stylesheet }) }];
}
