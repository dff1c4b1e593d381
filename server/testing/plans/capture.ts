import pg from "pg";

/** One statement as it went to PostgreSQL. */
export type Statement = { text: string; values: unknown[] };

type Asked = string | { text?: string; values?: unknown[] };

/**
 * Runs `body` and answers every statement that any connection of this process sent meanwhile. Statements are taken
 * where all of them pass, so that none depends on being listed.
 */
export async function statementsOf(body: () => Promise<unknown>): Promise<Statement[]> {
  const seen: Statement[] = [];
  const prototype = pg.Client.prototype as unknown as {
    query(asked: Asked, values?: unknown, ...rest: unknown[]): unknown;
  };
  const original = prototype.query;
  prototype.query = function (asked, values, ...rest) {
    const text = typeof asked === "string" ? asked : asked.text;
    const given = typeof asked === "string" ? values : (asked.values ?? values);
    if (text) seen.push({ text, values: Array.isArray(given) ? given : [] });
    return original.call(this, asked, values, ...rest);
  };
  try {
    await body();
  } finally {
    prototype.query = original;
  }
  return seen.filter(({ text }) => /^\s*(select|with|insert|update|delete)\b/i.test(text));
}
