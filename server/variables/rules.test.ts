import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contentHash, diff, parity, patched, repeated, sorted } from "./rules.ts";
import { variableInput, type VariableDto } from "./schema.ts";
import { baseReference, judgeSecret, pinOf } from "./secret-state.ts";
import { looksSecret } from "./secret-looks.ts";

const plain = (name: string, value: string, container = "*"): VariableDto => ({
  container,
  name,
  value,
  secret: null,
  secretKey: null,
  secretVersion: null,
});
const arn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:shop/key-AbCdEf";
const secret = (name: string, secretVersion: string | null, secretKey: string | null = null): VariableDto => ({
  container: "*",
  name,
  value: null,
  secret: arn,
  secretKey,
  secretVersion,
});

const entry = fc
  .record({
    name: fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,5}$/),
    container: fc.constantFrom("*", "app", "side"),
    value: fc.string({ maxLength: 8 }),
    isSecret: fc.boolean(),
  })
  .map(({ name, container, value, isSecret }) =>
    isSecret ? { ...secret(name, value || null), container } : plain(name, value, container),
  );
const set = fc.uniqueArray(entry, { selector: (one) => `${one.container} ${one.name}`, maxLength: 12 });

describe("differences", () => {
  test("carried out on the first set give the second", () => {
    fc.assert(
      fc.property(set, set, (before, after) => {
        const changes = diff(before, after);
        const named = (kinds: string[]) => changes.filter((one) => kinds.includes(one.change));
        const is = (one: VariableDto) => (other: { container: string; name: string }) =>
          other.name === one.name && other.container === one.container;
        const made = patched(before, {
          set: after.filter((one) => named(["added", "changed"]).some(is(one))),
          unset: named(["removed"]),
        });
        expect(contentHash(made)).toBe(contentHash(after));
        expect(made).toEqual(sorted(after));
      }),
    );
  });

  test("are none exactly when the content is the same, in whatever order", () => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        expect(diff(a, a.toReversed())).toEqual([]);
        expect(contentHash(a)).toBe(contentHash(a.toReversed()));
        expect(diff(a, b).length === 0).toBe(contentHash(a) === contentHash(b));
      }),
    );
  });

  test("never show a value that looks like a secret, and name secrets by reference", () => {
    const rows = diff(
      [plain("API_TOKEN", "first-token-value")],
      [plain("API_TOKEN", "second-token-value"), secret("KEY", "abcdef0123456789")],
    );
    expect(rows).toEqual([
      { container: "*", name: "API_TOKEN", change: "changed", before: "•••", after: "•••" },
      { container: "*", name: "KEY", change: "added", before: null, after: "secret shop/key-AbCdEf @abcdef01" },
    ]);
  });
});

describe("parity", () => {
  const production = [plain("LOG_LEVEL", "warn"), plain("LIMIT", "5"), plain("REGION", "eu"), secret("KEY", "v-2")];

  test("says what an environment lacks, in a sentence", () => {
    const staging = [plain("LOG_LEVEL", "debug"), secret("KEY", "v-1"), plain("MOCK", "on")];
    const answer = parity({ slug: "staging", entries: staging }, { slug: "production", entries: production });
    expect(answer).toMatchObject({
      lacks: [{ name: "LIMIT" }, { name: "REGION" }],
      extra: [{ name: "MOCK" }],
      differences: [{ name: "LOG_LEVEL", before: "warn", after: "debug" }],
      same: 1,
    });
    expect(answer.headline).toBe(
      "staging lacks 2 variables of production; has 1 variable that production lacks; 1 has another value.",
    );
  });

  test("is said when nothing differs", () => {
    const { headline } = parity({ slug: "a", entries: production }, { slug: "b", entries: production });
    expect(headline).toBe("a and b have the same variables.");
  });

  test("counts every variable once, from either side", () => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        const there = parity({ slug: "a", entries: a }, { slug: "b", entries: b });
        const back = parity({ slug: "b", entries: b }, { slug: "a", entries: a });
        expect(there.lacks).toEqual(back.extra);
        expect(there.same).toBe(back.same);
        expect(there.same + there.extra.length + there.differences.length).toBe(a.length);
      }),
    );
  });
});

describe("a variable", () => {
  test.each([
    "",
    "1A",
    "A-B",
    "A B",
    "ECS_CLUSTER",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_EXECUTION_ENV",
    "A".repeat(256),
  ])("cannot be called %s", (name) => expect(variableInput.safeParse({ name, value: "x" }).success).toBe(false));

  test.each(["AWS_REGION", "_x", "lower", "A1"])("may be called %s", (name) =>
    expect(variableInput.safeParse({ name, value: "" }).success).toBe(true),
  );

  test.each([
    { name: "A" },
    { name: "A", value: "x", secret: arn },
    { name: "A", value: "a\0b" },
    { name: "A", value: "x".repeat(16_385) },
    { name: "A", value: "x", secretKey: "k" },
    { name: "A", secret: `${arn}:key` },
    { name: "A", secret: arn, secretKey: "a:b" },
    { name: "A", secret: arn, secretVersion: "a:b" },
    { name: "A", value: "x", container: "a b" },
  ])("is refused as %j", (given) => expect(variableInput.safeParse(given).success).toBe(false));

  test("given twice for one container is found", () => {
    expect(repeated([plain("A", "1"), plain("A", "2", "app"), plain("A", "3")])).toEqual(["A"]);
  });
});

describe("what looks like a secret", () => {
  const from = (...parts: string[]) => parts.join("");
  test.each([
    ["ANY", from("AKIA", "IOSFODNN7EXAMPLE")],
    ["ANY", from("ghp_", "abcdefghijklmnopqrstuvwxyz0123456789")],
    ["ANY", from("sk_live_", "abcdefghijklmnop")],
    ["ANY", "postgres://app:hunter2@db:5432/app"],
    ["ANY", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    ["ANY", "k3J9sLq0ZpXv7RtYbN2mWc8dFh5gTu1e"],
    ["DATABASE_PASSWORD", "hunter2"],
    ["STRIPE_API_KEY", "pk-12ab"],
  ])("%s=%s", (name, value) => expect(looksSecret(name, value)).toBe(true));

  test.each([
    ["LOG_LEVEL", "debug"],
    ["TOKEN_TTL", "3600s"],
    ["PASSWORD_LOGIN", "false"],
    ["TOKEN_URL", "https://login.example/token"],
    ["SECRET_FILE", "/run/secrets/key"],
    ["DATABASE_URL", "postgres://db:5432/app"],
    ["MONKEY", "banana"],
    ["TITLE", "A sentence with 24 characters and spaces in it"],
    ["QUEUE", "arn:aws:sqs:us-east-1:000000000000:orders"],
  ])("%s=%s does not", (name, value) => expect(looksSecret(name, value)).toBe(false));
});

describe("a reference", () => {
  test.each([
    [arn, arn, null],
    [`${arn}:key::v-1`, arn, "v-1"],
    [`${arn}:key:AWSPREVIOUS:`, arn, null],
    ["arn:aws:ssm:us-east-1:000000000000:parameter/a/b:3", "arn:aws:ssm:us-east-1:000000000000:parameter/a/b", "3"],
    ["/a/b:3", "/a/b", "3"],
    ["/a/b", "/a/b", null],
  ])("%s", (valueFrom, base, pin) => {
    expect(baseReference(valueFrom)).toBe(base);
    expect(pinOf(valueFrom)).toBe(pin);
  });

  const start = new Date("2026-01-01T10:00:00Z");
  const at = (hours: number) => new Date(start.getTime() + hours * 3_600_000);
  test.each([
    { valueFrom: arn, changedAt: at(-1), error: null, state: "current" },
    { valueFrom: arn, changedAt: at(1), error: null, state: "changed" },
    { valueFrom: `${arn}:::v-2`, changedAt: at(1), error: null, state: "current" },
    { valueFrom: `${arn}:::v-1`, changedAt: at(1), error: null, state: "pinned_old" },
    { valueFrom: arn, changedAt: at(1), error: "There is no secret.", state: "broken" },
  ])("$valueFrom changed $changedAt is $state", ({ valueFrom, changedAt, error, state }) => {
    expect(judgeSecret({ valueFrom, names: "KEY" }, { version: "v-2", changedAt, error }, start).state).toBe(state);
  });
});
