import { expect, test } from "vitest";
import { returnTo } from "./return-to.ts";

test.each([
  ["/services/qkart-backend?environment=production#tasks", "/services/qkart-backend?environment=production#tasks"],
  ["https://deck.example.com/audit", "/audit"],
  ["deployments", "/deployments"],
  ["", "/"],
  ["/", "/"],
  ["/sign-in?from=/audit", "/"],
  ["/api/auth/signout", "/"],
  ["https://evil.example.com/audit", "/"],
  ["//evil.example.com", "/"],
  ["/\\evil.example.com", "/"],
  ["/\t/evil.example.com", "/"],
  ["https://deck.example.com//evil.example.com", "/"],
  ["https://deck.example.com@evil.example.com", "/"],
  ["javascript:alert(1)", "/"],
  ["http://deck.example.com/", "/"],
  ["http://[", "/"],
])("%j leads to %s", (candidate, expected) => expect(returnTo([candidate], "https://deck.example.com")).toBe(expected));

test("the first that counts is taken", () => {
  expect(returnTo([undefined, "https://evil.example.com", "/audit", "/changes"], "http://localhost:3000")).toBe(
    "/audit",
  );
  expect(returnTo([], "http://localhost:3000")).toBe("/");
});
