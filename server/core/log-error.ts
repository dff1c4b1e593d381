/** How far causes are followed: enough for ours around Prisma's around the driver's. */
const depth = 5;

type Logged = {
  type: string;
  message: string;
  stack?: string;
  code?: string | number;
  status?: number;
  cause?: unknown;
};

/**
 * An error as a log line has it: what happened, where and why. Nothing else that somebody hung on it: OpenID errors carry
 * codes, verifiers and tokens, AWS errors whole requests, database errors the row.
 */
export function loggedError(error: unknown, left = depth): Logged | string {
  if (!(error instanceof Error)) return typeof error === "string" ? error : `thrown: ${typeof error}`;
  const { code, status, statusCode } = error as { code?: unknown; status?: unknown; statusCode?: unknown };
  const answered = [status, statusCode].find((one) => typeof one === "number");
  return {
    type: error.name,
    message: error.message,
    ...(error.stack ? { stack: error.stack } : {}),
    ...(typeof code === "string" || typeof code === "number" ? { code } : {}),
    ...(typeof answered === "number" ? { status: answered } : {}),
    ...(error.cause !== undefined && left > 0 ? { cause: loggedError(error.cause, left - 1) } : {}),
  };
}
