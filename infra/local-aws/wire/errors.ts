import { AwsError } from "../contract.ts";
import type { ServiceDefinition } from "../contract.ts";
import { errorTraits } from "./schemas.ts";
import { renderXmlError } from "./xml.ts";

export type Response = { status: number; headers: Record<string, string>; body: string };

/** Query services name the errors that all services share without `Exception`. */
const QUERY_CODES: Record<string, string> = {
  MissingAuthenticationTokenException: "MissingAuthenticationToken",
  IncompleteSignatureException: "IncompleteSignature",
  InvalidSignatureException: "SignatureDoesNotMatch",
  ThrottlingException: "Throttling",
  ServiceUnavailableException: "ServiceUnavailable",
  SerializationException: "MalformedInput",
  AccessDeniedException: "AccessDenied",
  ExpiredTokenException: "ExpiredToken",
  UnrecognizedClientException: "InvalidClientTokenId",
  UnknownOperationException: "InvalidAction",
};

type Failing = Pick<ServiceDefinition, "name" | "protocol">;

/** Renders an error as the service would; anything that is no AwsError is a 500 whose cause only the log has. */
export function renderError(service: Failing, thrown: unknown, requestId: string): Response {
  const error =
    thrown instanceof AwsError
      ? thrown
      : new AwsError("InternalFailure", "The request processing has failed because of an unknown error.", 500);
  const traits = errorTraits(service.name, error.type);
  const code = traits.awsQueryError?.[0] ?? QUERY_CODES[error.type] ?? error.type;
  const status = error.status === 400 ? (traits.httpError ?? traits.awsQueryError?.[1] ?? 400) : error.status;
  if (service.protocol === "query") {
    const body = renderXmlError({ service: service.name, requestId, code, message: error.message, status });
    return { status, headers: { "content-type": "text/xml" }, body };
  }
  const headers: Record<string, string> = {
    "content-type": `application/x-amz-${service.protocol}`,
    "x-amzn-errortype": error.type,
  };
  // CloudWatch's clients still know the codes of its older query protocol.
  if (service.name === "monitoring") headers["x-amzn-query-error"] = `${code};${status < 500 ? "Sender" : "Receiver"}`;
  return { status, headers, body: JSON.stringify({ __type: error.type, message: error.message }) };
}
