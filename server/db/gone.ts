/** SQLSTATE classes and codes of a server that ends, starts, or takes no more connections; and Prisma's own. */
const codes = /^(08\w{3}|57P0[123]|53300|P1001|P1002|P1008|P1017|P2024|P2028|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENOTFOUND)$/;

/** What drivers say without a code. */
const words =
  /can't reach database server|connection terminated|connection timeout|timeout exceeded when trying to connect|terminating connection|database system is (starting up|shutting down|in recovery|not yet accepting)|server has closed the connection|DatabaseNotReachable|ConnectionClosed|cannot use a pool after|client has encountered a connection error/i;

/** Whether work failed because the database was away, and may work when it is back. Looks through the causes. */
export function isDatabaseGone(error: unknown, depth = 5): boolean {
  if (typeof error !== "object" || error === null || depth === 0) return false;
  const { code, message, cause, kind } = error as { code?: unknown; message?: unknown; cause?: unknown; kind?: unknown };
  if (typeof code === "string" && codes.test(code)) return true;
  if (typeof kind === "string" && words.test(kind)) return true;
  if (typeof message === "string" && words.test(message)) return true;
  return isDatabaseGone(cause, depth - 1);
}
