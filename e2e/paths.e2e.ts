import { expect, signIn, test } from "./fixtures.ts";
import { logOf } from "./product.ts";

for (const path of ["/api/v1/services/%ff", "/api/v1/deployments/%", "/api/v1/%ff", "/api/auth/%ff"]) {
  test(`${path} is refused in words, with a request id that the log knows`, async ({ request }) => {
    const answer = await request.get(path);
    expect(answer.status()).toBe(400);
    const { "content-type": type, "x-request-id": requestId } = answer.headers();
    expect(type).toBe("application/problem+json");
    expect(await answer.json()).toMatchObject({ code: "invalid", requestId });
    await expect.poll(() => logOf("web")).toContain(requestId);
  });
}

test("a path with escapes that mean something reaches the API", async ({ request, token }) => {
  const answer = await request.get("/api/v1/services/no%20such%C3%BC", {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(answer.status()).toBeGreaterThanOrEqual(400);
  expect(answer.status()).toBeLessThan(500);
  expect((await answer.json()).detail).not.toMatch(/percent/);
});

test("a page whose path cannot be read is a page, not a failure", async ({ page }) => {
  await signIn(page, "viewer");
  const answer = await page.request.get("/services/%ff");
  expect(answer.status()).toBeLessThan(500);
  expect(answer.headers()["content-type"]).toMatch(/^text\/html/);
});

test("what is data says that nothing in it may run; the reference is a page with a policy of its own", async ({
  request,
}) => {
  const policyOf = async (path: string) => (await request.get(path)).headers()["content-security-policy"];
  const data = "default-src 'none'; frame-ancestors 'none'";
  for (const path of [
    "/api/v1/deployments",
    "/api/v1/openapi.json",
    "/api/v1/%ff",
    "/api/events",
    "/api/auth/csrf",
    "/ready",
  ]) {
    expect([path, await policyOf(path)]).toEqual([path, data]);
  }
  expect(await policyOf("/api/reference")).toMatch(/^default-src 'none'; style-src 'sha256-/);
});
