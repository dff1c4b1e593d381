import type { APIResponse } from "@playwright/test";
import { expect, signIn, test } from "./fixtures.ts";
import { portalUrl } from "./product.ts";

/** What a refusal leaves behind: the newest deployment and audit entry are the same as before. */
const deploy = { service: "qkart-backend", environment: "development", version: "1.1.0", reason: "" };

test.afterEach(async ({ api }) => {
  const { items } = await api.deployments.list({
    service: deploy.service,
    environment: deploy.environment,
    status: "active",
  });
  expect(items).toEqual([]);
});

async function expectProblem(answer: APIResponse, status: number, problem: Record<string, unknown>): Promise<void> {
  expect(answer.status()).toBe(status);
  expect(answer.headers()["content-type"]).toMatch(/^application\/problem\+json/);
  const body = (await answer.json()) as { requestId: string };
  expect(body).toMatchObject({ status, ...problem });
  expect(body.requestId).toBe(answer.headers()["x-request-id"]);
}

test("input that cannot be read gives a problem that names the field, and changes nothing", async ({
  request,
  token,
  api,
}) => {
  // Of this token: the portal writes down what it does by itself as well.
  const { id: actor } = await api.me.get({});
  const newest = async () => (await api.audit.list({ actor, limit: 1 })).items[0]?.id;
  const before = await newest();
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const post = (data: string | object) =>
    request.post("/api/v1/deployments", { headers, data: typeof data === "string" ? Buffer.from(data) : data });

  await expectProblem(await post({ ...deploy, reason: "x".repeat(2 * 1024 * 1024) }), 400, {
    code: "invalid",
    fields: { body: "is larger than 1 MiB" },
  });
  await expectProblem(await post("{ not json"), 400, { code: "invalid", fields: { body: "is not valid JSON" } });
  await expectProblem(await post("[1, 2]"), 400, { code: "invalid", fields: { body: "must be a JSON object" } });
  await expectProblem(await post({ ...deploy, version: 7 }), 400, {
    code: "invalid",
    fields: { version: expect.any(String) as unknown },
  });
  await expectProblem(await post({ ...deploy, reason: "nul \0 byte" }), 400, {
    code: "invalid",
    fields: { reason: expect.any(String) as unknown },
  });
  await expectProblem(await post({ ...deploy, service: "nobody" }), 404, { code: "not_found" });
  await expectProblem(await post({ ...deploy, environment: "nowhere" }), 404, { code: "not_found" });
  await expectProblem(await request.get("/api/v1/nothing", { headers }), 404, { code: "not_found" });
  expect(await newest()).toBe(before);
});

test("a write from another site is refused, although the browser sends the session with it", async ({ page }) => {
  await signIn(page, "admin");
  const send = (headers: Record<string, string>) =>
    page.request.post("/api/v1/deployments", { headers, data: { ...deploy, version: "none" } });
  const refused = { code: "forbidden", reason: "cross_origin" };
  await expectProblem(await send({ origin: "https://evil.example" }), 403, refused);
  await expectProblem(await send({ origin: "null" }), 403, refused);
  await expectProblem(await send({ origin: portalUrl(), "sec-fetch-site": "cross-site" }), 403, refused);
  await expectProblem(await send({}), 403, refused);
  // The same from the portal's own pages gets as far as the version that does not exist.
  await expectProblem(await send({ origin: portalUrl() }), 404, { code: "not_found" });
});

test("nobody without a token or session gets anything", async ({ request }) => {
  await expectProblem(await request.get("/api/v1/deployments"), 401, { code: "unauthenticated" });
  await expectProblem(
    await request.get("/api/v1/deployments", { headers: { authorization: "Bearer nonsense" } }),
    401,
    { code: "unauthenticated" },
  );
  expect((await request.get("/api/events")).status()).toBe(401);
});
