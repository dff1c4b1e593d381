import { describe, expect, test } from "vitest";
import { hashSecret, isSecret, newTokenParts, readToken, writeToken } from "./token-format.ts";

describe("tokens", () => {
  test("what is written is read back", () => {
    for (let i = 0; i < 200; i += 1) {
      const parts = newTokenParts();
      expect(readToken(writeToken(parts))).toEqual(parts);
    }
  });

  test("no two are the same", () => {
    expect(new Set(Array.from({ length: 500 }, () => writeToken(newTokenParts()))).size).toBe(500);
  });

  test.each([
    "",
    "qd_",
    "qd_abc_def",
    "xx_aaaaaaaaaaaa_" + "a".repeat(43),
    "qd_aaaaaaaaaaaa_" + "a".repeat(42),
    "qd_aaaaaaaaaaaa_" + "a".repeat(43) + "\n",
  ])("%j is none", (token) => expect(readToken(token)).toBeUndefined());

  test("only the secret fits its hash", () => {
    const { secret } = newTokenParts();
    expect(isSecret(secret, hashSecret(secret))).toBe(true);
    expect(isSecret(secret.slice(1) + "A".repeat(secret[0] === "A" ? 2 : 1), hashSecret(secret))).toBe(false);
    expect(isSecret(secret, "")).toBe(false);
    expect(isSecret(secret, "not hex")).toBe(false);
  });
});
