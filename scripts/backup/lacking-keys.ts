import pg from "pg";
import type { Keyring } from "#server/core/encryption.ts";
import { encryptedColumns } from "#server/db/rotate-encryption.ts";

/** Ids of keys that something in the database is encrypted with and the keyring does not have. */
export async function lackingKeys(url: string, keyring: Keyring): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const used = new Set<string>();
    for (const { table, column } of encryptedColumns) {
      const { rows } = await client.query<{ id: string }>(
        `SELECT DISTINCT split_part("${column}", '.', 2) AS id FROM public."${table}" WHERE "${column}" IS NOT NULL`,
      );
      for (const { id } of rows) used.add(id);
    }
    return [...used].filter((id) => !keyring.some((key) => key.id === id)).sort();
  } finally {
    await client.end();
  }
}
