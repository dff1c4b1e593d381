import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { pagePolicy, sonnerStyleHashes } from "./page-policy.ts";

test("scripts and style tags need the nonce, and nothing may frame the page", () => {
  const policy = pagePolicy("abc", false);
  expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
  expect(policy).toContain("style-src-elem 'self' 'nonce-abc'");
  expect(policy).not.toContain("unsafe-eval");
  expect(policy).toContain("frame-ancestors 'none'");
});

test("the allowed style hashes are those of the installed sonner", () => {
  const source = readFileSync(fileURLToPath(import.meta.resolve("sonner")), "utf8");
  const literal = /__insertCSS\(("(?:[^"\\]|\\.)*")\)/.exec(source)?.[1];
  expect(literal, "sonner no longer inserts its stylesheet this way").toBeDefined();
  const css = JSON.parse(literal ?? '""') as string;
  const hashOf = (text: string) => `sha256-${createHash("sha256").update(text).digest("base64")}`;
  expect(sonnerStyleHashes).toEqual([hashOf(""), hashOf(css)]);
});
