import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

/** Where a value is kept. It goes into the seal, so that a value copied to another row or column does not open there. */
export type Cell = { table: string; row: string; column: string };

/** Keys in order: the first encrypts, all decrypt. */
export type Keyring = readonly { id: string; key: Buffer }[];

/** A value that does not open: its key is not in the keyring, or somebody changed or moved it. */
export class CannotDecrypt extends Error {
  readonly reason: "key_missing" | "tampered";
  constructor(reason: "key_missing" | "tampered", message: string) {
    super(message);
    this.name = "CannotDecrypt";
    this.reason = reason;
  }
}

const format = "v1";
const keyBytes = 32;
/** What AES-GCM takes, in bytes; random nonces are safe for 2^32 values per key (NIST SP 800-38D, 8.3). */
const nonceBytes = 12;
const tagBytes = 16;
const sealed = /^v1\.([0-9a-f]{8})\.([A-Za-z0-9_-]+)$/;

const nameOf = ({ table, row, column }: Cell): string => `${table}.${column} of ${row}`;

/** Short name of a key, made of the key itself: the same name can never stand for two keys. */
function keyId(key: Buffer): string {
  return createHash("sha256").update("quarterdeck encryption key\0").update(key).digest("hex").slice(0, 8);
}

/** A new key, as `ENCRYPTION_KEYS` takes it. */
export function newEncryptionKey(): string {
  return randomBytes(keyBytes).toString("base64url");
}

/** Reads `ENCRYPTION_KEYS`: keys of 32 bytes in base64, separated by commas. Throws one readable line without the key. */
export function parseKeyring(setting: string): Keyring {
  const keys = setting.split(",").map((one) => one.trim());
  const ring = keys.map((text, index) => {
    const key = Buffer.from(text, "base64url");
    if (!/^[A-Za-z0-9+/_-]+=*$/.test(text) || key.length !== keyBytes) {
      throw new Error(`Key ${index + 1} is not 32 bytes in base64. "openssl rand -base64 32" makes one.`);
    }
    return { id: keyId(key), key };
  });
  return ring.filter((one, index) => ring.findIndex(({ id }) => id === one.id) === index);
}

function associated(id: string, { table, row, column }: Cell): Buffer {
  return Buffer.from(JSON.stringify([format, id, table, row, column]));
}

/** Encrypts with the first key: `v1.KEY.NONCE+CIPHERTEXT+TAG`, AES-256-GCM. */
export function encrypt(keyring: Keyring, cell: Cell, plain: string): string {
  const [current] = keyring;
  if (!current) throw new Error("There is no encryption key.");
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", current.key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(associated(current.id, cell));
  const body = Buffer.concat([nonce, cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `${format}.${current.id}.${body.toString("base64url")}`;
}

/** The value that was encrypted for this cell; throws `CannotDecrypt` with what to do. */
export function decrypt(keyring: Keyring, cell: Cell, value: string): string {
  const [, id = "", encoded = ""] = sealed.exec(value) ?? [];
  const body = Buffer.from(encoded, "base64url");
  if (id === "" || body.length < nonceBytes + tagBytes) {
    throw new CannotDecrypt("tampered", `${nameOf(cell)} is not an encrypted value. Set it again.`);
  }
  const found = keyring.find((one) => one.id === id);
  if (!found) {
    const message = `${nameOf(cell)} is encrypted with the key ${id}, which ENCRYPTION_KEYS does not have. Add that key back, or set the value again.`;
    throw new CannotDecrypt("key_missing", message);
  }
  try {
    const decipher = createDecipheriv("aes-256-gcm", found.key, body.subarray(0, nonceBytes), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(associated(id, cell));
    decipher.setAuthTag(body.subarray(-tagBytes));
    return Buffer.concat([decipher.update(body.subarray(nonceBytes, -tagBytes)), decipher.final()]).toString("utf8");
  } catch {
    throw new CannotDecrypt("tampered", `${nameOf(cell)} was changed, or moved from another row. Set it again.`);
  }
}

/** Whether a value is encrypted with the first key, so that rotation leaves it alone. */
export function isCurrent(keyring: Keyring, value: string): boolean {
  return sealed.exec(value)?.[1] === keyring[0]?.id;
}
