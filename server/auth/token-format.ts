import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** `qd_<prefix>_<secret>`: the prefix finds the row and may be shown, the secret is kept as a hash only. */
export type TokenParts = { prefix: string; secret: string };

const format = /^qd_([a-z0-9]{12})_([A-Za-z0-9]{43})$/;
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

function randomLetters(length: number, alphabet: string): string {
  // Bytes past the last whole multiple of the alphabet are thrown away, or its first letters would come more often.
  const limit = 256 - (256 % alphabet.length);
  let result = "";
  while (result.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < limit && result.length < length) result += alphabet[byte % alphabet.length];
    }
  }
  return result;
}

/** A new token's parts; 43 letters of 62 carry 256 bits. */
export function newTokenParts(): TokenParts {
  return { prefix: randomLetters(12, letters.slice(26)), secret: randomLetters(43, letters) };
}

/** The token as its owner keeps it. */
export function writeToken({ prefix, secret }: TokenParts): string {
  return `qd_${prefix}_${secret}`;
}

/** The parts of a token, `undefined` when it does not look like one. */
export function readToken(token: string): TokenParts | undefined {
  const match = format.exec(token);
  return match ? { prefix: match[1] ?? "", secret: match[2] ?? "" } : undefined;
}

/** What is stored of a secret. It is random and long, so that one round of SHA-256 is enough. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** Compares a secret with a stored hash in constant time. */
export function isSecret(secret: string, storedHash: string): boolean {
  const [actual, expected] = [Buffer.from(hashSecret(secret), "hex"), Buffer.from(storedHash, "hex")];
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
