import fc from "fast-check";
import { expect, test } from "vitest";
import { grant, userActor } from "../testing/factories.ts";
import {
  contentDifferences,
  contentHash,
  mayPostRelease,
  parseImage,
  regionOfImage,
  type ReleaseContent,
} from "./rules.ts";

const sha = `sha256:${"a".repeat(64)}`;

test.each([
  ["shop/backend:1.0", { repository: "shop/backend", tag: "1.0", digest: null }],
  ["localhost:5000/backend", { repository: "localhost:5000/backend", tag: null, digest: null }],
  ["localhost:5000/backend:1.0", { repository: "localhost:5000/backend", tag: "1.0", digest: null }],
  [`a.example/backend@${sha}`, { repository: "a.example/backend", tag: null, digest: sha }],
  [`a.example/backend:1.0@${sha}`, { repository: "a.example/backend", tag: "1.0", digest: sha }],
])("%s is taken apart", (image, parts) => expect(parseImage(image)).toEqual(parts));

test.each([
  ["123456789012.dkr.ecr.eu-west-1.amazonaws.com/backend:1", "eu-west-1"],
  ["123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/backend:1", "cn-north-1"],
  ["ghcr.io/shop/backend:1", undefined],
  ["123456789012.dkr.ecr.eu-west-1.amazonaws.com.evil.example/backend:1", undefined],
])("the region of %s is %s", (image, region) => expect(regionOfImage(image)).toBe(region));

const artefact = fc.record({
  container: fc.string({ minLength: 1 }),
  image: fc.string({ minLength: 1 }),
  tag: fc.option(fc.string({ minLength: 1 })),
  digest: fc.constantFrom(sha, `sha256:${"b".repeat(64)}`),
});
const content: fc.Arbitrary<ReleaseContent> = fc.record({
  commit: fc.option(fc.string({ minLength: 1 })),
  branch: fc.option(fc.string({ minLength: 1 })),
  repository: fc.option(fc.string({ minLength: 1 })),
  description: fc.string(),
  artefacts: fc.uniqueArray(artefact, { minLength: 1, maxLength: 4, selector: (one) => one.container }),
});

test("equal hashes mean that nothing differs, and the order of containers does not matter", () => {
  fc.assert(
    fc.property(content, content, (one, other) => {
      const reversed = { ...one, artefacts: one.artefacts.toReversed() };
      expect(contentHash(reversed)).toBe(contentHash(one));
      expect(contentHash(one) === contentHash(other)).toBe(contentDifferences(one, other).length === 0);
    }),
    { seed: 1 },
  );
});

test("what differs is named as in the request", () => {
  const one: ReleaseContent = {
    commit: "abc1234",
    branch: null,
    repository: null,
    description: "",
    artefacts: [{ container: "web", image: "r/web", tag: "1", digest: sha }],
  };
  const other = { ...one, commit: null, artefacts: [{ container: "api", image: "r/web", tag: "1", digest: sha }] };
  expect(contentDifferences(one, one)).toEqual([]);
  expect(contentDifferences(one, other)).toEqual([
    "commit",
    "artefacts.web.image",
    "artefacts.web.digest",
    "artefacts.api.image",
    "artefacts.api.digest",
  ]);
});

const now = new Date("2026-11-22T10:00:00Z");
const service = { id: "svc_1", teamId: "team_1" };
const environments = [
  { id: "env_1", kind: "development" },
  { id: "env_2", kind: "production" },
];

test.each([
  ["a developer everywhere", [grant("developer")], true],
  ["a developer of one kind of environment", [grant("developer", { environmentKind: "development" })], true],
  ["a developer of one environment", [grant("developer", { environmentId: "env_2" })], true],
  ["a developer of the team", [grant("developer", { scopeKind: "team", scopeId: "team_1" })], true],
  ["a developer of another team", [grant("developer", { scopeKind: "team", scopeId: "team_2" })], false],
  ["a developer of another service", [grant("developer", { scopeKind: "service", scopeId: "svc_2" })], false],
  ["a viewer", [grant("viewer")], false],
  ["one whose grant has ended", [grant("developer", { expiresAt: now })], false],
])("%s may post a release: %s", (_who, grants, may) => {
  expect(mayPostRelease(userActor(...grants), { service, environments, now }) === true).toBe(may);
});
