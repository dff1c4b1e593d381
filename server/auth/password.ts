import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from "node:crypto";

/** scrypt costs as the OWASP password storage cheat sheet gives them for 32 MiB: N = 2^15, r = 8, p = 3. */
const cost = { log2n: 15, r: 8, p: 3 };
const keyBytes = 32;

/** What a check against nobody runs through, so that an unknown e-mail takes as long as a wrong password. */
const nobody = "$scrypt$ln=15,r=8,p=3$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

function derive(plain: string, salt: Buffer, { log2n, r, p }: typeof cost): Promise<Buffer> {
  const options: ScryptOptions = { N: 2 ** log2n, r, p, maxmem: 256 * 2 ** log2n * r };
  return new Promise((resolve, reject) => {
    // The same password typed on two keyboards may differ in how it composes accents.
    scrypt(plain.normalize("NFKC"), salt, keyBytes, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

const format = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w+/-]+)\$([\w+/-]+)$/;

/** A hash that carries its own salt and costs: `$scrypt$ln=15,r=8,p=3$salt$key`. */
export async function hashPassword(plain: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(plain, salt, cost);
  const encode = (bytes: Buffer) => bytes.toString("base64url");
  return `$scrypt$ln=${cost.log2n},r=${cost.r},p=${cost.p}$${encode(salt)}$${encode(key)}`;
}

/** Whether the password belongs to the hash. Without a hash it takes as long and is false. */
export async function verifyPassword(plain: string, stored: string | null | undefined): Promise<boolean> {
  const match = format.exec(stored ?? nobody);
  if (!match) throw new Error("A stored password hash cannot be read.");
  const [, log2n, r, p, salt = "", key = ""] = match;
  const expected = Buffer.from(key, "base64url");
  const actual = await derive(plain, Buffer.from(salt, "base64url"), {
    log2n: Number(log2n),
    r: Number(r),
    p: Number(p),
  });
  return stored != null && expected.length === actual.length && timingSafeEqual(expected, actual);
}
