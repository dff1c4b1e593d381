// Writes the secrets for docker-compose.yml: npm run compose-env [-- FILE]. Needs nothing but Node 20.
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const file = process.argv[2] ?? fileURLToPath(new URL("../../.env.docker", import.meta.url));
const word = () => randomBytes(24).toString("base64url");
const values = {
  POSTGRES_PASSWORD: word(),
  AUTH_SECRET: word(),
  AUDIT_KEY: word(),
  ENCRYPTION_KEYS: randomBytes(32).toString("base64"),
  LOCAL_PASSWORD: randomBytes(12).toString("base64url"),
};
const text = Object.entries(values).map(([name, value]) => `${name}=${value}\n`);
try {
  // "wx": the secrets of a database that exists are never written over.
  writeFileSync(file, text.join(""), { mode: 0o600, flag: "wx" });
  console.log(`The secrets are in ${file}. Keep them with the volumes: the one is of no use without the other.`);
} catch (error) {
  console.error(
    error instanceof Error && "code" in error && error.code === "EEXIST"
      ? `${file} exists already, and stays as it is.`
      : error,
  );
  process.exitCode = 1;
}
