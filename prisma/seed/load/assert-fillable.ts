import type pg from "pg";
import { Refusal } from "../refusal.ts";

/** Where a connection string leads, as `--into` names it: `127.0.0.1:5432/quarterdeck`. */
export function addressOf(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}:${port || "5432"}${pathname}`;
}

const loopback = new Set(["localhost", "127.0.0.1", "[::1]", "::1"]);

/**
 * Throws unless a million invented deployments may go into this database: it is empty and on this machine, or it is
 * the one that was named with `--into`.
 */
export async function assertFillable(client: pg.Client, url: string, into: string | undefined): Promise<void> {
  const address = addressOf(url);
  if (into === address) return;
  const named = `To fill it all the same, name it: --into ${address}`;
  if (into) throw new Refusal(`The database is ${address}, and --into names ${into}. Nothing was changed.`);
  if (!loopback.has(new URL(url).hostname))
    throw new Refusal(`The database ${address} is on another machine. ${named}`);
  const { rows } = await client.query<{ filled: boolean }>(
    "select exists (select from environments) or exists (select from services) or exists (select from users) as filled",
  );
  if (rows[0]?.filled) throw new Refusal(`The database ${address} is not empty. ${named}`);
}
