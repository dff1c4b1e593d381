import { describe, expect, test } from "vitest";
import { RuntimeFailure, type FailureKind } from "../deployments/ports.ts";
import { awsCall, missingItem, toFailure } from "./failure.ts";

const target = { operation: "ecs:UpdateService", resource: "qkart-backend in qkart-production" };

function sdkError(name: string, message: string, status?: number): Error {
  return Object.assign(new Error(message), { name, ...(status ? { $metadata: { httpStatusCode: status } } : {}) });
}

const cases: [string, unknown, FailureKind, string][] = [
  [
    "throttling",
    sdkError("ThrottlingException", "Rate exceeded", 400),
    "throttled",
    "AWS is throttling ecs:UpdateService for qkart-backend in qkart-production.",
  ],
  ["query throttling", sdkError("Throttling", "Rate exceeded", 400), "throttled", "throttling"],
  [
    "concurrent registration",
    sdkError("ClientException", "Too many concurrent attempts to create a new revision of the specified family.", 400),
    "throttled",
    "throttling",
  ],
  [
    "refused connection",
    Object.assign(new Error("connect"), { code: "ECONNREFUSED" }),
    "unreachable",
    "gave no answer to ecs:UpdateService for qkart-backend in qkart-production (ECONNREFUSED).",
  ],
  ["timeout", sdkError("TimeoutError", "Request timed out"), "unreachable", "(TimeoutError)"],
  ["dropped answer", Object.assign(new Error("socket hang up"), { name: "Error" }), "unreachable", "gave no answer"],
  ["service unavailable", sdkError("ServiceUnavailableException", "Try again", 503), "unreachable", "gave no answer"],
  [
    "access denied",
    sdkError("AccessDeniedException", "User x is not authorized", 400),
    "denied",
    "not allowed to call ecs:UpdateService for qkart-backend in qkart-production. User x is not authorized.",
  ],
  ["no credentials", sdkError("CredentialsProviderError", "Could not load"), "denied", "found no AWS credentials"],
  [
    "unknown service",
    sdkError("ServiceNotFoundException", "Service not found.", 400),
    "not_found",
    "does not know qkart-backend in qkart-production (ecs:UpdateService). Service not found.",
  ],
  [
    "unknown query resource",
    sdkError("TargetGroupNotFound", "One or more target groups not found", 400),
    "not_found",
    "does not know",
  ],
  [
    "unknown task definition",
    sdkError("ClientException", "Unable to describe task definition.", 400),
    "not_found",
    "does not know",
  ],
  [
    "validation",
    sdkError("InvalidParameterException", "TaskDefinition is inactive", 400),
    "refused",
    "AWS refused ecs:UpdateService for qkart-backend in qkart-production. TaskDefinition is inactive.",
  ],
  [
    "service not active",
    sdkError("ServiceNotActiveException", "Service was not ACTIVE.", 400),
    "refused",
    "not ACTIVE",
  ],
  ["server error", sdkError("ServerException", "Something broke", 500), "unknown", "failed. Something broke."],
  ["a thrown string", "odd", "unknown", "odd"],
];

describe("mapping of SDK errors", () => {
  test.each(cases)("%s", (_name, error, kind, message) => {
    const failure = toFailure(error, target);
    expect(failure.kind).toBe(kind);
    expect(failure.message).toContain(message);
    expect(failure.operation).toBe("ecs:UpdateService");
    expect(failure.retryable).toBe(["throttled", "unreachable", "unknown"].includes(kind));
  });

  test("a failure stays what it is", async () => {
    const failure = new RuntimeFailure("refused", "x", "y");
    await expect(awsCall(target, () => Promise.reject(failure))).rejects.toBe(failure);
  });

  test("an item that a batch call left out", () => {
    expect(missingItem(target, undefined).kind).toBe("not_found");
    expect(missingItem(target, { reason: "MISSING" }).kind).toBe("not_found");
    const refused = missingItem(target, { reason: "ACCESS_DENIED", detail: "no" });
    expect([refused.kind, refused.message]).toEqual([
      "refused",
      "AWS refused ecs:UpdateService for qkart-backend in qkart-production: ACCESS_DENIED. no.",
    ]);
  });
});
