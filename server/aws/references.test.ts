import { describe, expect, test } from "vitest";
import { createClientSource } from "./clients.ts";
import { logStream } from "./logs.ts";
import { ecrRegistry } from "./registry.ts";
import { parseReference } from "./secrets.ts";
import { withPath } from "./targets.ts";

const secret = "arn:aws:secretsmanager:eu-west-1:000000000000:secret:qkart/db-AbCdEf";

describe("references to secrets", () => {
  test.each([
    [secret, { kind: "secret", id: secret, region: "eu-west-1", stage: undefined, version: undefined }],
    [
      `${secret}:password::`,
      { kind: "secret", id: secret, region: "eu-west-1", key: "password", stage: undefined, version: undefined },
    ],
    [
      `${secret}:password:AWSPREVIOUS:v1`,
      { kind: "secret", id: secret, region: "eu-west-1", key: "password", stage: "AWSPREVIOUS", version: "v1" },
    ],
    [
      "arn:aws:ssm:us-east-1:000000000000:parameter/qkart/url",
      { kind: "parameter", names: ["/qkart/url"], region: "us-east-1" },
    ],
    [
      "arn:aws:ssm:us-east-1:000000000000:parameter/url",
      { kind: "parameter", names: ["url", "/url"], region: "us-east-1" },
    ],
    ["/qkart/url:3", { kind: "parameter", names: ["/qkart/url"], region: undefined, version: "3" }],
    [
      "arn:aws:ssm:us-east-1:000000000000:parameter/qkart/url:3",
      { kind: "parameter", names: ["/qkart/url"], region: "us-east-1", version: "3" },
    ],
    ["/qkart/url", { kind: "parameter", names: ["/qkart/url"], region: undefined }],
  ])("%s", (valueFrom, expected) => {
    expect(parseReference(valueFrom)).toEqual(expected);
  });
});

describe("log streams", () => {
  const options = { "awslogs-group": "/qkart", "awslogs-stream-prefix": "ecs", "awslogs-region": "us-east-1" };
  const definition = {
    family: "f",
    containerDefinitions: [
      { name: "app", image: "i", logConfiguration: { logDriver: "awslogs", options } },
      { name: "quiet", image: "i" },
      { name: "bare", image: "i", logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": "/qkart" } } },
    ],
  };
  test("are named after prefix, container and task", () => {
    const arn = "arn:aws:ecs:us-east-1:000000000000:task/qkart-production/0123abc";
    expect(logStream(definition, arn, "app")).toEqual({
      group: "/qkart",
      stream: "ecs/app/0123abc",
      region: "us-east-1",
    });
    expect(logStream(definition, arn, "quiet")).toBeUndefined();
    expect(logStream(definition, arn, "bare")).toBeUndefined();
    expect(logStream(definition, arn, "other")).toBeUndefined();
  });
});

test("a target's description says where the load balancer asked", () => {
  const words = "Health checks failed with these codes: [503]";
  expect(withPath(words, "/health")).toBe("Health checks on /health failed with these codes: [503]");
  expect(withPath(words, undefined)).toBe(words);
  expect(withPath("Request timed out", "/health")).toBe("Request timed out");
  expect(withPath(undefined, "/health")).toBeNull();
});

test.each(["nginx:1.29", "ghcr.io/shop/backend:1.0.0", "000000000000.dkr.ecr.us-east-1.amazonaws.com/"])(
  "the digest of %s has to be passed",
  async (image) => {
    const registry = ecrRegistry(createClientSource());
    await expect(registry.digest(image, "us-east-1")).rejects.toMatchObject({
      kind: "refused",
      message: expect.stringContaining("Pass its digest with the release."),
    });
  },
);
