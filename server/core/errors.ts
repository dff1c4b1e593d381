/** The nine kinds of failure that the product tells apart; nuance goes in `details.reason`. */
export const errorStatus = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  precondition: 412,
  rate_limited: 429,
  internal: 500,
  upstream: 502,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** Reasons for which the portal itself, and not AWS, cannot answer now. */
const awayReason = "database_unavailable";
const busyReason = "database_busy";

/** `fields` maps an input path to what is wrong with it. Everything in `details` reaches the caller. */
export type ErrorDetails = { reason?: string; fields?: Record<string, string>; [key: string]: unknown };

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(message, options);
    this.name = "AppError";
    this.code = code;
    this.details = details;
  }
}

/** Status of an answer: that of the code, or 503 while the portal's own database is away or busy. */
export function statusOf({ code, details }: AppError): number {
  return details.reason === awayReason || details.reason === busyReason ? 503 : errorStatus[code];
}

/** Too many wait for the same thing at this moment. `cause` goes to the log alone. */
export function databaseBusy(cause: unknown): AppError {
  const message =
    "Too many requests want the same at this moment, and this one waited too long for its turn. Nothing was changed; try again.";
  return new AppError("upstream", message, { reason: busyReason, retryAfter: 3 }, { cause });
}

/** The portal cannot work at this moment, and will again by itself. `cause` goes to the log alone. */
export function databaseGone(cause: unknown): AppError {
  const message =
    "The portal cannot reach its database. Nothing was changed; what is under way goes on when it is back.";
  return new AppError("upstream", message, { reason: awayReason, retryAfter: 5 }, { cause });
}

/** `not_found`: there is no such thing, or not where it was looked for. */
export function notFound(what: string, id: string): AppError {
  return new AppError("not_found", `No ${what} "${id.slice(0, 200)}".`, {
    reason: `${what.replaceAll(" ", "_")}_not_found`,
  });
}

/** `invalid` for one field of the input. */
export function invalidField(field: string, message: string): AppError {
  return new AppError("invalid", message, { fields: { [field]: message } });
}
