/** SQLSTATE classes and codes of a server that ends or starts; Prisma's own; and those of sockets. */
const goneCodes =
  /^(08\w{3}|57P0[123]|P1001|P1002|P1008|P1017|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENOTFOUND)$/;

/** What drivers say without a code, and Prisma (P2028) of a transaction whose session ended. */
const goneWords =
  /can't reach database server|connection terminated|connection timeout|terminating connection|database system is (starting up|shutting down|in recovery|not yet accepting)|server has closed the connection|DatabaseNotReachable|ConnectionClosed|cannot use a pool after|is not queryable|client was closed|transaction not found|transaction already closed/i;

/**
 * Of a server that takes no more connections, and of work that waited in vain: for a connection (P2024), for a lock
 * (55P03), for an answer (57014), or for each other (40P01, P2034).
 */
const busyCodes = /^(53300|55P03|57014|40P01|40001|P2024|P2034)$/;
/** The same without a code, and (P2028) a transaction that could not begin in time, or not end. */
const busyWords =
  /timeout exceeded when trying to connect|canceling statement due to (lock|statement) timeout|deadlock detected|TooManyConnections|TransactionWriteConflict|unable to start a transaction|expired transaction/i;

type Told = {
  code?: unknown;
  originalCode?: unknown;
  message?: unknown;
  kind?: unknown;
  cause?: unknown;
  meta?: unknown;
};

/** Looks for codes and words in an error, in what it says of the driver's, and in their causes. */
function tells(error: unknown, codes: RegExp, words: RegExp, depth = 6): boolean {
  if (typeof error !== "object" || error === null || depth === 0) return false;
  const { code, originalCode, message, kind, cause, meta } = error as Told;
  if ([code, originalCode].some((one) => typeof one === "string" && codes.test(one))) return true;
  if ([message, kind].some((one) => typeof one === "string" && words.test(one))) return true;
  const driver = (meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError;
  return tells(cause, codes, words, depth - 1) || tells(driver, codes, words, depth - 1);
}

/** Whether work failed because the database was away, and may work when it is back. */
export function isDatabaseGone(error: unknown): boolean {
  return tells(error, goneCodes, goneWords);
}

/** Whether work waited for its turn in the database for too long. Its transaction was rolled back. */
export function isDatabaseBusy(error: unknown): boolean {
  return tells(error, busyCodes, busyWords);
}
