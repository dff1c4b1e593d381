import { AwsError } from "../contract.ts";

export type Scope = { accessKeyId: string; accountId: string; region: string; service: string };

const DEFAULT_ACCOUNT = "000000000000";
const ACCOUNT = /^(?:ASIA(?=\d{12}[0-9A-F]{8}$)|(?=\d{12}$))(\d{12})/;
const PARTS = ["Credential", "SignedHeaders", "Signature"] as const;

/**
 * Reads who calls and where from the SigV4 `Authorization` header. The signature itself is not checked: any
 * secret is accepted. An access key id of twelve digits is the account, that of a role's session begins with it.
 */
export function readScope(authorization: string | undefined): Scope {
  if (!authorization) {
    throw new AwsError("MissingAuthenticationTokenException", "Missing Authentication Token", 403);
  }
  const [scheme, ...rest] = authorization.split(" ");
  if (scheme !== "AWS4-HMAC-SHA256") {
    throw new AwsError(
      "IncompleteSignatureException",
      `Authorization header has an unknown scheme. Authorization=${scheme}`,
    );
  }
  const fields = new Map(
    rest
      .join("")
      .split(",")
      .map((field) => [field.slice(0, field.indexOf("=")), field.slice(field.indexOf("=") + 1)] as const),
  );
  const missing = PARTS.filter((part) => !fields.get(part)).map(
    (part) => `Authorization header requires '${part}' parameter.`,
  );
  if (missing.length > 0) throw new AwsError("IncompleteSignatureException", missing.join(" "));
  return readCredential(fields.get("Credential") ?? "");
}

function readCredential(credential: string): Scope {
  const parts = credential.split("/");
  const [accessKeyId, date, region, service, terminator] = parts;
  const complete = parts.length === 5 && accessKeyId && region && service && terminator === "aws4_request";
  if (!complete || !/^\d{8}$/.test(date ?? "") || !/^[a-z]{2,}(-[a-z]+)+-\d$/.test(region)) {
    throw new AwsError(
      "IncompleteSignatureException",
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
    );
  }
  return { accessKeyId, accountId: ACCOUNT.exec(accessKeyId)?.[1] ?? DEFAULT_ACCOUNT, region, service };
}
