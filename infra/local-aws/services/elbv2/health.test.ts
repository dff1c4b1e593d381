import { describe, expect, test } from "vitest";
import { healthWith, nextHealth, parseMatcher } from "./health.ts";
import type { CheckResult, Health } from "./health.ts";
import { chooseAction, chooseGroup, matchesPattern } from "./routing.ts";
import type { RuleRecord } from "./state.ts";
import { DEFAULT_HEALTH_CHECK } from "./validate.ts";

const check = { ...DEFAULT_HEALTH_CHECK, healthyThreshold: 3, unhealthyThreshold: 2 };
const RESULTS: Record<string, CheckResult> = {
  p: { kind: "passed" },
  f: { kind: "failed" },
  t: { kind: "timeout" },
  m: { kind: "mismatch", code: 500 },
};

/** States after each check of a target that was just registered. */
function states(results: string): string[] {
  let health: Health = healthWith("initial", "Elb.InitialHealthChecking");
  return [...results].map((one) => {
    const result = RESULTS[one];
    if (result) health = nextHealth(health, result, check);
    return health.reason ?? health.state;
  });
}

test("one pass makes a new target healthy, later it takes the threshold", () => {
  expect(states("p")).toEqual(["healthy"]);
  expect(states("fp")).toEqual(["Elb.InitialHealthChecking", "healthy"]);
  expect(states("ffpppf")).toEqual([
    "Elb.InitialHealthChecking",
    "Target.FailedHealthChecks",
    "Target.FailedHealthChecks",
    "Target.FailedHealthChecks",
    "healthy",
    "healthy",
  ]);
});

test("failures must follow each other, and the last one names the reason", () => {
  expect(states("pfpfp")).toEqual(["healthy", "healthy", "healthy", "healthy", "healthy"]);
  expect(states("pftm")).toEqual(["healthy", "healthy", "Target.Timeout", "Target.ResponseCodeMismatch"]);
  expect(states("ffppfppp").at(-1)).toBe("healthy");
});

test.each([
  ["200", [200], [201, 404]],
  ["200,302", [200, 302], [301]],
  ["200-204,404", [200, 204, 404], [205, 500]],
])("matcher %s", (matcher, fits, others) => {
  expect(fits.every((code) => parseMatcher(matcher)?.(code))).toBe(true);
  expect(others.some((code) => parseMatcher(matcher)?.(code))).toBe(false);
});

test.each(["", "x", "199", "600", "200-", "200;201"])("'%s' is no matcher", (matcher) =>
  expect(parseMatcher(matcher)).toBeUndefined(),
);

describe("routing", () => {
  test.each([
    ["/api/*", "/api/cart", true],
    ["/api/*", "/api", false],
    ["*.example.com", "shop.example.com", true],
    ["/?", "/a", true],
    ["/?", "/", false],
    ["*a*b", "xxaxxb", true],
    ["*a*b", "xxbxxa", false],
    ["", "", true],
  ])("%s on %s", (pattern, text, expected) => expect(matchesPattern(pattern, text)).toBe(expected));

  test("a pattern of many stars takes no time", () => {
    expect(matchesPattern(`${"*a".repeat(40)}b`, "a".repeat(20_000))).toBe(false);
  });

  test("the first rule whose conditions all hold decides", () => {
    const rule = (status: string, conditions: RuleRecord["conditions"]): RuleRecord => ({
      arn: status,
      listenerArn: "",
      priority: 1,
      conditions,
      action: { type: "fixed-response", status, contentType: "", body: "" },
    });
    const rules = [
      rule("201", [
        { field: "host-header", values: ["Shop.*"] },
        { field: "path-pattern", values: ["/a", "/b"] },
      ]),
      rule("202", []),
    ];
    const status = (host: string, path: string) => chooseAction(rules, host, path);
    expect(status("shop.example:8100", "/b")).toMatchObject({ status: "201" });
    expect(status("shop.example", "/c")).toMatchObject({ status: "202" });
    expect(status("other", "/a")).toMatchObject({ status: "202" });
  });

  test("weights, and no group when all are zero", () => {
    const groups = [
      { targetGroupArn: "a", weight: 1 },
      { targetGroupArn: "b", weight: 0 },
      { targetGroupArn: "c", weight: 3 },
    ];
    expect([0, 0.2499, 0.25, 0.9999].map((random) => chooseGroup(groups, random))).toEqual(["a", "a", "c", "c"]);
    expect(chooseGroup([{ targetGroupArn: "a", weight: 0 }], 0)).toBeUndefined();
  });
});
