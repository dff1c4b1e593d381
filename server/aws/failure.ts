import { RuntimeFailure, type FailureKind } from "../deployments/ports.ts";
import { expiredName } from "./forget-expired.ts";

/** What is being called, for messages: `ecs:UpdateService` and "qkart-backend in qkart-production". */
export type CallTarget = { operation: string; resource: string };

/** No call, with its retries, takes longer. */
const deadlineMs = 10_000;

/** Runs one SDK call under a deadline and turns what it throws into a `RuntimeFailure`. */
export async function awsCall<Out>(
  target: CallTarget,
  send: (options: { abortSignal: AbortSignal }) => Promise<Out>,
): Promise<Out> {
  try {
    return await send({ abortSignal: AbortSignal.timeout(deadlineMs) });
  } catch (error) {
    throw toFailure(error, target);
  }
}

/** What an SDK error looks like; every field may be missing. */
type SdkError = {
  name?: string;
  message?: string;
  code?: string;
  $retryable?: { throttling?: boolean };
  $metadata?: { httpStatusCode?: number };
};

const throttled =
  /^(Throttling|ThrottlingException|ThrottledException|TooManyRequestsException|RequestLimitExceeded|RequestThrottled(Exception)?|SlowDown|BandwidthLimitExceeded)$/;
/** ECS answers a plain ClientException to two registrations of one family at once (ecs.md 2.8). */
const concurrentRegistration = /too many concurrent attempts/i;
const network =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|ENOTFOUND|EPIPE|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|UND_ERR_SOCKET)$/;
const noAnswer = /^(TimeoutError|AbortError|NetworkingError|RequestTimeout(Exception)?)$/;
const denied =
  /^(AccessDenied(Exception)?|UnauthorizedOperation|NotAuthorized|UnrecognizedClientException|InvalidClientTokenId|InvalidSignatureException|SignatureDoesNotMatch|MissingAuthenticationToken(Exception)?|IncompleteSignature(Exception)?|CredentialsProviderError|TokenProviderError|OptInRequired)$/;
const missing = /NotFound(Exception|Fault)?$|^NoSuch/;
/** ECS has no type of its own for an unknown task definition. */
const missingDefinition = /unable to describe task definition|task definition (does not|not) (exist|found)/i;

function kindOf(error: SdkError): FailureKind {
  const name = error.name ?? "";
  const message = error.message ?? "";
  const status = error.$metadata?.httpStatusCode;
  if (throttled.test(name) || error.$retryable?.throttling || status === 429) return "throttled";
  if (concurrentRegistration.test(message)) return "throttled";
  if (network.test(error.code ?? "") || noAnswer.test(name) || /socket hang up/i.test(message)) return "unreachable";
  // Somebody renews them, and what waits goes on: no reason to end a deployment.
  if (expiredName.test(name)) return "expired";
  if (denied.test(name) || status === 401 || status === 403) return "denied";
  if (missing.test(name) || missingDefinition.test(message)) return "not_found";
  if (status === 503 || status === 502 || status === 504) return "unreachable";
  if (status !== undefined && status >= 400 && status < 500) return "refused";
  return "unknown";
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

function messageOf(kind: FailureKind, error: SdkError, { operation, resource }: CallTarget): string {
  const said = error.message?.trim() ? ` ${sentence(error.message)}` : "";
  switch (kind) {
    case "throttled":
      return `AWS is throttling ${operation} for ${resource}.`;
    case "unreachable":
      return `AWS gave no answer to ${operation} for ${resource} (${error.code ?? error.name ?? "no connection"}).`;
    case "expired":
      return `AWS credentials of the portal have expired (${operation} for ${resource}). Renew them: what waits goes on by itself.`;
    case "denied":
      return /^(CredentialsProviderError|TokenProviderError)$/.test(error.name ?? "")
        ? `The portal found no AWS credentials for ${operation}.`
        : `The portal is not allowed to call ${operation} for ${resource}.${said}`;
    case "not_found":
      return `AWS does not know ${resource} (${operation}).${said}`;
    case "refused":
      return `AWS refused ${operation} for ${resource}.${said}`;
    case "unknown":
      return `${operation} for ${resource} failed.${said || ` ${error.name ?? "No reason given"}.`}`;
  }
}

/** Maps an SDK error; a `RuntimeFailure` stays what it is. */
export function toFailure(thrown: unknown, target: CallTarget): RuntimeFailure {
  if (thrown instanceof RuntimeFailure) return thrown;
  const error: SdkError = typeof thrown === "object" && thrown !== null ? thrown : { message: String(thrown) };
  const kind = kindOf(error);
  return new RuntimeFailure(kind, target.operation, messageOf(kind, error, target), { cause: thrown });
}

type MissingItem = { arn?: string | undefined; reason?: string | undefined; detail?: string | undefined };

/** Failure for an item that a batch call put into `failures[]` or left out. */
export function missingItem(target: CallTarget, failure: MissingItem | undefined): RuntimeFailure {
  const reason = failure?.reason ?? "MISSING";
  if (reason === "MISSING") {
    return new RuntimeFailure(
      "not_found",
      target.operation,
      `AWS does not know ${target.resource} (${target.operation}).`,
    );
  }
  const detail = failure?.detail ? ` ${sentence(failure.detail)}` : "";
  return new RuntimeFailure(
    "refused",
    target.operation,
    `AWS refused ${target.operation} for ${target.resource}: ${reason}.${detail}`,
  );
}
