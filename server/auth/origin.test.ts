import { describe, expect, test } from "vitest";
import { AppError } from "../core/errors.ts";
import { assertSameOrigin } from "./origin.ts";

const own = "https://deck.example.com";

function check(headers: Record<string, string>, method = "POST"): string {
  const url = "http://deck.internal:3000/api/v1/users";
  const request = new Request(url, { method, headers: { host: "deck.internal:3000", ...headers } });
  try {
    assertSameOrigin(request, own);
    return "passes";
  } catch (error) {
    return error instanceof AppError && error.code === "forbidden" ? "refused" : "failed";
  }
}

describe("writes with a cookie", () => {
  test.each([
    [{ origin: own, "sec-fetch-site": "same-origin" }, "passes"],
    [{ origin: own }, "passes"],
    [{ origin: "http://deck.internal:3000" }, "passes"],
    [{ "sec-fetch-site": "same-origin" }, "passes"],
    [{}, "refused"],
    [{ origin: "https://evil.example.com" }, "refused"],
    [{ origin: "null" }, "refused"],
    [{ origin: "" }, "refused"],
    [{ origin: "http://deck.example.com" }, "refused"],
    [{ origin: "https://deck.example.com.evil.com" }, "refused"],
    [{ origin: "https://deck.example.com:8443" }, "refused"],
    [{ origin: own, "sec-fetch-site": "cross-site" }, "refused"],
    [{ origin: own, "sec-fetch-site": "same-site" }, "refused"],
    [{ "sec-fetch-site": "none" }, "refused"],
    [{ origin: "https://evil.example.com", "sec-fetch-site": "same-origin" }, "refused"],
    [{ origin: "ftp://deck.internal:3000" }, "refused"],
  ])("%j %s", (headers, outcome) => expect(check(headers as Record<string, string>)).toBe(outcome));
});

test.each(["GET", "HEAD", "OPTIONS"])("%s passes from anywhere", (method) => {
  expect(check({ origin: "https://evil.example.com", "sec-fetch-site": "cross-site" }, method)).toBe("passes");
});

test.each(["PUT", "PATCH", "DELETE", "LINK"])("%s is a write", (method) => expect(check({}, method)).toBe("refused"));

test("a bearer token needs no origin, basic credentials do", () => {
  expect(check({ authorization: "Bearer qd_x_y" })).toBe("passes");
  expect(check({ authorization: "bearer qd_x_y", origin: "https://evil.example.com" })).toBe("passes");
  expect(check({ authorization: "Basic YTpi" })).toBe("refused");
  expect(check({ authorization: "Bearer" })).toBe("refused");
});
