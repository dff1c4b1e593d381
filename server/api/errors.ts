import { ORPCError } from "@orpc/server";
import { AppError, databaseBusy, databaseGone, statusOf, type ErrorCode } from "../core/errors.ts";
import { invalidInput } from "../core/parse.ts";
import { log } from "../core/log.ts";
import { withoutSecrets } from "../core/secrets.ts";
import { isDatabaseBusy, isDatabaseGone } from "../db/gone.ts";
import { traceId } from "../core/trace.ts";

/** RFC 9457 problem details, with our code, the ids of request and trace, and field errors where there are any. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  code: ErrorCode;
  detail: string;
  requestId?: string | undefined;
  /** Of the trace that shows what the request led to, while traces are written. */
  traceId?: string | undefined;
  fields?: Record<string, string> | undefined;
  [key: string]: unknown;
};

const titles: Record<ErrorCode, string> = {
  invalid: "Invalid input",
  unauthenticated: "Not signed in",
  forbidden: "Not allowed",
  not_found: "Not found",
  conflict: "Conflict",
  precondition: "Precondition failed",
  rate_limited: "Too many requests",
  internal: "Internal error",
  upstream: "AWS or another system failed",
};

/** Builds the body of an error answer. */
export function problem(error: AppError, requestId?: string): Problem {
  const trace = traceId();
  return {
    ...error.details,
    type: "about:blank",
    title: titles[error.code],
    status: statusOf(error),
    code: error.code,
    // It may name what the caller asked for, and a mistake may have put a token there.
    detail: withoutSecrets(error.message),
    ...(requestId ? { requestId } : {}),
    ...(trace ? { traceId: trace } : {}),
  };
}

/** Anything thrown becomes one of ours: what we did not foresee is `internal` and its text stays in the log. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof ORPCError) return fromOrpc(error);
  if (isDatabaseGone(error)) {
    log.warn({ err: error }, "the database is away");
    return databaseGone(error);
  }
  if (isDatabaseBusy(error)) {
    log.warn({ err: error }, "the database is busy");
    return databaseBusy(error);
  }
  log.error({ err: error }, "unexpected failure");
  return new AppError("internal", "Something went wrong on our side. Nothing was changed.", {}, { cause: error });
}

function fromOrpc(error: ORPCError<string, unknown>): AppError {
  const data = error.data as { issues?: { path: PropertyKey[]; message: string }[]; app?: AppError } | undefined;
  if (data?.app instanceof AppError) return data.app;
  if (data?.issues && error.status < 500) return invalidInput(data.issues);
  if (error.status === 404) return new AppError("not_found", "There is no such operation.");
  if (error.status < 500)
    return new AppError("invalid", "The request could not be read.", { fields: { body: "is not valid JSON" } });
  log.error({ err: error, issues: data?.issues }, "unexpected failure");
  return new AppError("internal", "Something went wrong on our side.", {}, { cause: error });
}

/** Carries an error through oRPC, which only knows its own class. */
export function toOrpcError(error: unknown): ORPCError<string, unknown> {
  const app = toAppError(error);
  return new ORPCError(app.code, { status: statusOf(app), message: app.message, data: { app } });
}
