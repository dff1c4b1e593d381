import { expect, test } from "vitest";
import { differencesOf } from "./differences-of.ts";

test("images lose their registry and most of their digest, everything else stays", () => {
  const registry = "000000000000.dkr.ecr.us-east-1.amazonaws.com";
  const digest = `sha256:${"9f73d9ab9520".padEnd(64, "0")}`;
  const before = `${registry}/qkart-backend@3d95cd638f29`;
  expect(
    differencesOf([
      { path: "backend.image", before, after: `${registry}/qkart-backend@${digest}` },
      { path: "backend.environment.SEARCH_URL", before: null, after: "http://search.internal/v1" },
      { path: "cpu", before: "512", after: null },
    ]),
  ).toEqual([
    {
      name: "backend.image",
      kind: "changed",
      before: "qkart-backend@3d95cd638f29",
      after: "qkart-backend@9f73d9ab9520",
    },
    { name: "backend.environment.SEARCH_URL", kind: "added", after: "http://search.internal/v1" },
    { name: "cpu", kind: "removed", before: "512" },
  ]);
});
