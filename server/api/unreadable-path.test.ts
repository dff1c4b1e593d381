import { expect, test } from "vitest";
import { answerUnreadablePath, isUnreadable } from "./unreadable-path.ts";

test.each([
  ["/api/v1/services/%ff", true],
  ["/api/v1/deployments/%", true],
  ["/api/v1/%f", true],
  ["/api/v1/%C3%28", true],
  ["/api/v1/services/a%20b", false],
  ["/api/v1/services/%25", false],
  ["/api/v1/services/%C3%BC", false],
  ["/api/v1/services", false],
])("%s is unreadable: %s", (path, unreadable) => expect(isUnreadable(path)).toBe(unreadable));

test("the answer is a problem with a request id, as every other", async () => {
  const response = answerUnreadablePath({ url: "http://localhost:3000/api/v1/%ff", method: "GET" });
  expect(response.status).toBe(400);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(response.headers.get("cache-control")).toBe("no-store");
  const requestId = response.headers.get("x-request-id");
  expect(requestId).toMatch(/^req_/);
  expect(await response.json()).toMatchObject({
    status: 400,
    code: "invalid",
    detail: expect.stringContaining("%25"),
    requestId,
  });
});
