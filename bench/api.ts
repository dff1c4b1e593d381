import { OpenAPIHandler } from "@orpc/openapi/fetch";
import { router } from "#server/api/router.ts";
import type { Actor } from "#server/core/actor.ts";
import { newId } from "#server/core/ids.ts";
import type { Db } from "#server/db/client.ts";
import { grant } from "#server/testing/factories.ts";
import { createFakeRuntime } from "#server/testing/fake-runtime.ts";

/** Asks the API in this process as an administrator; answers the body. Everything but the sign-in is passed through. */
export async function apiOf(db: Db): Promise<(path: string) => Promise<string>> {
  const handler = new OpenAPIHandler(router);
  const { ports } = createFakeRuntime();
  const { id, name, email } = await db.user.findUniqueOrThrow({ where: { email: "admin@load.example" } });
  const actor: Actor = { kind: "user", id, name, email, grants: [grant("admin")] };
  return async (path) => {
    const request = new Request(`http://bench.example${path}`);
    const context = { actor, requestId: newId("request"), db, ports };
    const { matched, response } = await handler.handle(request, { prefix: "/api/v1", context });
    if (!matched || response.status >= 500)
      throw new Error(`${path} answered ${response?.status}: ${await response?.text()}`);
    return response.text();
  };
}
