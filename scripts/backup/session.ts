import type pg from "pg";

/**
 * For the transaction: how values are written must not depend on the server's or the role's own settings, nothing may
 * be cut off after some seconds, and a table is read from its beginning, so that the same table gives the same text.
 */
const SETTINGS = {
  statement_timeout: "0",
  idle_in_transaction_session_timeout: "0",
  lock_timeout: "30s",
  datestyle: "ISO, YMD",
  intervalstyle: "postgres",
  timezone: "UTC",
  extra_float_digits: "1",
  bytea_output: "hex",
  xmloption: "content",
  synchronize_seqscans: "off",
  search_path: "public",
};

/** Call first in a transaction. */
export async function applySettings(client: pg.Client): Promise<void> {
  for (const [name, value] of Object.entries(SETTINGS)) await client.query(`SET LOCAL ${name} = '${value}'`);
}
