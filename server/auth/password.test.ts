import { describe, expect, test } from "vitest";
import { hashPassword, verifyPassword } from "./password.ts";

describe("passwords", () => {
  test("a hash accepts its own password and no other", async () => {
    const hash = await hashPassword("correct horse");
    expect(hash).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$/);
    expect(hash).not.toContain("correct");
    expect(await verifyPassword("correct horse", hash)).toBe(true);
    expect(await verifyPassword("correct horsf", hash)).toBe(false);
    expect(await verifyPassword("", hash)).toBe(false);
  });

  test("two hashes of one password differ", async () => {
    expect(await hashPassword("same")).not.toBe(await hashPassword("same"));
  });

  test("composed and decomposed accents are one password", async () => {
    expect(await verifyPassword("cafe\u0301", await hashPassword("caf\u00e9"))).toBe(true);
  });

  test("nobody's password is never right", async () => {
    expect(await verifyPassword("", null)).toBe(false);
    expect(await verifyPassword("anything", undefined)).toBe(false);
  });

  test("the costs stored with a hash are the ones used", async () => {
    const cheap = "$scrypt$ln=4,r=8,p=1$c2FsdHNhbHRzYWx0c2FsdA$";
    const { scryptSync } = await import("node:crypto");
    const key = scryptSync("old", Buffer.from("saltsaltsaltsalt"), 32, { N: 16, r: 8, p: 1 }).toString("base64url");
    expect(await verifyPassword("old", cheap + key)).toBe(true);
    expect(await verifyPassword("new", cheap + key)).toBe(false);
  });

  test("a hash that cannot be read is an error, not a wrong password", async () => {
    await expect(verifyPassword("x", "plain")).rejects.toThrow("cannot be read");
  });
});
