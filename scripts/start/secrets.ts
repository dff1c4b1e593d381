import { randomBytes, randomInt } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Config } from "#server/core/config.ts";
import { newEncryptionKey } from "#server/core/encryption.ts";
import { writeWhole } from "../process/write-whole.ts";

export type Secrets = { AUTH_SECRET: string; AUDIT_KEY: string; ENCRYPTION_KEYS: string; LOCAL_PASSWORD: string };

/** Without 0 O 1 l I: people read the password off a terminal and type it. */
const LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

/** What settings name, else what DATA_DIR/secrets.json (0600) keeps; what neither has is generated and kept there. */
export function secretsFor(settings: Config): Secrets {
  const kept = keptSecrets(settings);
  const known: Secrets = {
    AUTH_SECRET: kept.AUTH_SECRET ?? randomBytes(32).toString("base64url"),
    AUDIT_KEY: kept.AUDIT_KEY ?? randomBytes(32).toString("base64url"),
    ENCRYPTION_KEYS: kept.ENCRYPTION_KEYS ?? newEncryptionKey(),
    LOCAL_PASSWORD: kept.LOCAL_PASSWORD ?? readablePassword(),
  };
  keepSecrets(settings, known);
  return {
    AUTH_SECRET: settings.AUTH_SECRET ?? known.AUTH_SECRET,
    AUDIT_KEY: settings.AUDIT_KEY ?? known.AUDIT_KEY,
    ENCRYPTION_KEYS: settings.ENCRYPTION_KEYS ?? known.ENCRYPTION_KEYS,
    LOCAL_PASSWORD: settings.LOCAL_PASSWORD ?? known.LOCAL_PASSWORD,
  };
}

const fileOf = (settings: Config) => path.join(settings.DATA_DIR, "secrets.json");

function keptSecrets(settings: Config): Partial<Secrets> {
  const file = fileOf(settings);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Partial<Secrets>) : {};
}

/** A secret from settings or DATA_DIR/secrets.json. Generates nothing: a new key would open and prove nothing of old. */
export function knownSecret(settings: Config, name: keyof Secrets): string | undefined {
  return settings[name] ?? keptSecrets(settings)[name];
}

/** Writes these over what DATA_DIR/secrets.json keeps; the others stay. */
export function keepSecrets(settings: Config, secrets: Partial<Secrets>): void {
  const file = fileOf(settings);
  const all = { ...keptSecrets(settings), ...secrets };
  writeWhole(file, `${JSON.stringify(all, null, 2)}\n`);
}

/** 80 bits in four groups. */
function readablePassword(): string {
  const group = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join("");
  return Array.from({ length: 4 }, group).join("-");
}
