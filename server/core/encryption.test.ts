import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CannotDecrypt, decrypt, encrypt, isCurrent, newEncryptionKey, parseKeyring, type Cell } from "./encryption.ts";

const cell: Cell = { table: "aws_roles", row: "env_1/123456789012", column: "external_id" };
const [oldKey, newKey] = [newEncryptionKey(), newEncryptionKey()];
const keyring = parseKeyring(oldKey);

function failureOf(open: () => string): CannotDecrypt {
  try {
    open();
  } catch (error) {
    if (error instanceof CannotDecrypt) return error;
    throw error;
  }
  throw new Error("it opened");
}

test("any text comes back as it was, and no two encryptions are alike", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (plain) => {
      const value = encrypt(keyring, cell, plain);
      expect(decrypt(keyring, cell, value)).toBe(plain);
      expect(encrypt(keyring, cell, plain)).not.toBe(value);
      if (plain.length > 4) expect(value).not.toContain(plain);
    }),
  );
});

test("any changed character is found, wherever it is", () => {
  const value = encrypt(keyring, cell, "an external id");
  // Not the last one: of its six bits base64 may drop some.
  for (let at = 0; at < value.length - 1; at += 1) {
    const changed = `${value.slice(0, at)}${value[at] === "A" ? "B" : "A"}${value.slice(at + 1)}`;
    expect(() => decrypt(keyring, cell, changed), `at ${at}`).toThrow(CannotDecrypt);
  }
  expect(() => decrypt(keyring, cell, value.slice(0, -4))).toThrow(CannotDecrypt);
  expect(failureOf(() => decrypt(keyring, cell, "in plain text")).reason).toBe("tampered");
});

test.each([{ table: "api_tokens" }, { row: "env_2/123456789012" }, { column: "role_arn" }])(
  "a value moved to another %j does not open",
  (other) => {
    const value = encrypt(keyring, cell, "an external id");
    const failure = failureOf(() => decrypt(keyring, { ...cell, ...other }, value));
    expect(failure.reason).toBe("tampered");
    expect(failure.message).toMatch(/was changed, or moved from another row/);
  },
);

describe("keys", () => {
  test("the first encrypts and all decrypt, so that a key can be replaced", () => {
    const before = encrypt(keyring, cell, "kept");
    const both = parseKeyring(`${newKey}, ${oldKey}`);
    expect(decrypt(both, cell, before)).toBe("kept");
    expect(isCurrent(both, before)).toBe(false);
    const after = encrypt(both, cell, "kept");
    expect(isCurrent(both, after)).toBe(true);
    expect(decrypt(parseKeyring(newKey), cell, after)).toBe("kept");
  });

  test("one that is gone is named, with what to do", () => {
    const value = encrypt(keyring, cell, "kept");
    const failure = failureOf(() => decrypt(parseKeyring(newKey), cell, value));
    expect(failure.reason).toBe("key_missing");
    expect(failure.message).toContain(keyring[0]?.id);
    expect(failure.message).toContain("ENCRYPTION_KEYS");
    expect(failure.message).not.toContain(oldKey);
  });

  test.each(["", "short", `${oldKey},`, "not base64 at all, really", `${oldKey}!`])(
    "%j is refused in one line",
    (bad) => {
      expect(() => parseKeyring(bad)).toThrow(/^Key \d is not 32 bytes in base64\./);
    },
  );

  test("standard base64, as openssl writes it, and the same key twice are fine", () => {
    const standard = Buffer.from(oldKey, "base64url").toString("base64");
    expect(parseKeyring(`${standard},${oldKey}`)).toEqual(keyring);
  });
});
