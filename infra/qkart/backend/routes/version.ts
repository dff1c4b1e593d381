import { jsonReply, type Route } from "../../service/exchange.ts";
import type { Identity } from "../../service/identity.ts";

export function versionRoutes({ service, version, environment, task }: Identity): Route[] {
  return [
    { method: "GET", path: "/api/version", handle: () => jsonReply(200, { service, version, environment, task }) },
  ];
}
