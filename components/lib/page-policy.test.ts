import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { pagePolicy, sonnerStyleHash } from "./page-policy.ts";

test("scripts and style tags need the nonce, and nothing may frame the page", () => {
  const policy = pagePolicy("abc", false);
  expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
  expect(policy).toContain("style-src-elem 'self' 'nonce-abc'");
  expect(policy).not.toContain("unsafe-eval");
  expect(policy).toContain("frame-ancestors 'none'");
});

test("the allowed style hash is that of the installed sonner", () => {
  const source = readFileSync(fileURLToPath(import.meta.resolve("sonner")), "utf8");
  const literal = /__insertCSS\(("(?:[^"\\]|\\.)*")\)/.exec(source)?.[1];
  expect(literal, "sonner no longer inserts its stylesheet this way").toBeDefined();
  const css = JSON.parse(literal ?? '""') as string;
  expect(sonnerStyleHash).toBe(`sha256-${createHash("sha256").update(css).digest("base64")}`);
});
