import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { parseConfig } from "./config.ts";
import { loggedError } from "./log-error.ts";
import { secretFilter, withoutSecrets } from "./secrets.ts";

const token = `qd_abcdefghijkl_${"Aa1".repeat(14)}Z`;
const jwt = `eyJ${"a".repeat(30)}..${"b".repeat(16)}.${"c".repeat(40)}.${"d".repeat(22)}`;

test.each([
  [`No user "${token}".`, 'No user "qd_abcdefghijkl_[removed]".'],
  [`cookie=${jwt}; a`, "cookie=[removed]; a"],
  ["Authorization: Bearer abcdefgh12345678", "Authorization: Bearer [removed]"],
  ["postgresql://quarterdeck:hunter2hunter2@db:5432/x", "postgresql://quarterdeck:[removed]@db:5432/x"],
  [
    "GET /api/auth/callback/oidc?code=abc123&state=x%2Fy HTTP",
    "GET /api/auth/callback/oidc?code=[removed]&state=[removed] HTTP",
  ],
  ["$scrypt$ln=15,r=8,p=3$c2FsdA$a2V5", "[removed]"],
  ["http://localhost:3000/services?environment=production", "http://localhost:3000/services?environment=production"],
  ["req_0198 dep_0198 200 OK", "req_0198 dep_0198 200 OK"],
])("%s", (text, expected) => expect(withoutSecrets(text)).toBe(expected));

test("secrets of the settings are taken out however they are written", () => {
  const password = 'pass "word" & more/';
  const keys = [randomBytes(32).toString("base64"), randomBytes(32).toString("base64")];
  const settings = parseConfig({
    LOCAL_PASSWORD: password,
    ENCRYPTION_KEYS: keys.join(","),
    DATABASE_URL: "postgres://a:s%40cret-pw@b/c",
  });
  const filter = secretFilter(settings);
  const line = JSON.stringify({
    a: password,
    b: Buffer.from(password).toString("base64"),
    c: encodeURIComponent(password),
    d: keys,
    e: "s@cret-pw",
  });
  expect(JSON.parse(filter(line))).toEqual({
    a: "[removed]",
    b: expect.stringMatching(/^\[removed\]=*$/),
    c: "[removed]",
    d: ["[removed]", "[removed]"],
    e: "[removed]",
  });
});

test("an error is logged with its causes, and with nothing that hangs on it", () => {
  const cause = Object.assign(new Error("inner"), { code: "ECONNREFUSED", params: { code: "oauth" } });
  const error = Object.assign(new Error("outer", { cause }), { jwt, response: { headers: {} }, statusCode: 502 });
  expect(loggedError(error)).toEqual({
    type: "Error",
    message: "outer",
    stack: expect.stringContaining("outer") as unknown,
    status: 502,
    cause: { type: "Error", message: "inner", code: "ECONNREFUSED", stack: expect.any(String) as unknown },
  });
  const round = new Error("round");
  round.cause = round;
  expect(JSON.stringify(loggedError(round)).match(/"message"/g)).toHaveLength(6);
});
