import { jsonReply, type Route } from "../../service/exchange.ts";
import type { ShopSettings } from "../settings.ts";

export function settingsRoutes(settings: ShopSettings): Route[] {
  return [{ method: "GET", path: "/api/settings", handle: () => jsonReply(200, settings) }];
}
