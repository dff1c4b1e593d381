import { request } from "@playwright/test";
import { createApiClient, httpLink } from "#components/lib/api-client.ts";
import type { ApiClient } from "#components/lib/api-client.ts";
import { startSession } from "./people.ts";
import type { Who } from "./people.ts";
import { portalUrl } from "./product.ts";

/** A person's own API token, made through the API. */
export async function mintToken(who: Who): Promise<string> {
  const role = who === "release" ? "release_manager" : who;
  const session = await request.newContext({ baseURL: portalUrl() });
  try {
    await startSession(session, who);
    const answer = await session.post("/api/v1/tokens", {
      headers: { origin: portalUrl() },
      data: { name: "browser tests", role, days: 1 },
    });
    if (answer.status() !== 201) throw new Error(`Making a token answered ${answer.status()}: ${await answer.text()}`);
    return ((await answer.json()) as { secret: string }).secret;
  } finally {
    await session.dispose();
  }
}

/** The API as a script sees it: the console's typed client with a token instead of a cookie. */
export function tokenClient(token: string): ApiClient {
  const link = httpLink({
    url: () => `${portalUrl()}/api/v1`,
    fetch: (call, init) => {
      call.headers.set("authorization", `Bearer ${token}`);
      return fetch(call, init);
    },
  });
  return createApiClient(link);
}
