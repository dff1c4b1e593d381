import { expect, test } from "vitest";
import { problemFromAnswer } from "./api-problem.ts";
import { makeQueryClient, retryDelay } from "./query-client.ts";

test("a read is tried again when the portal says so, else soon", () => {
  expect(retryDelay(0, problemFromAnswer({ code: "rate_limited", detail: "Too many" }, 429, "17"))).toBe(17_000);
  expect(retryDelay(0, problemFromAnswer("<html>", 503, "3600"))).toBe(60_000);
  expect(retryDelay(1, problemFromAnswer("<html>", 503, "Fri, 31 Dec 1999 23:59:59 GMT"))).toBe(2000);
  expect(retryDelay(0, new TypeError("fetch failed"))).toBe(1000);
});

test("what another try cannot change is not tried again", () => {
  const retry = makeQueryClient().getDefaultOptions().queries?.retry as (failures: number, error: unknown) => boolean;
  const answered = (status: number) => problemFromAnswer({ code: "x", detail: "x", status }, status);
  expect([400, 401, 403, 404, 409, 429, 500, 503].filter((status) => retry(0, answered(status)))).toEqual([
    429, 500, 503,
  ]);
  expect(retry(2, answered(429))).toBe(false);
});
