import fc from "fast-check";
import { expect, test } from "vitest";
import { evaluate } from "./evaluate.ts";
import type { Scope } from "./evaluate.ts";
import { ExpressionError, parseExpression } from "./expression.ts";

const series: Record<string, Map<number, number>> = {
  a: new Map([
    [1, 10],
    [2, 20],
  ]),
  b: new Map([
    [2, 5],
    [3, 0],
  ]),
};
const scope: Scope = {
  series: (id) => {
    const found = series[id];
    if (!found) throw new ExpressionError("unknown");
    return found;
  },
  metrics: () => Object.entries(series).map(([id, points]) => ({ id, points })),
  times: () => [1, 2, 3],
};
const run = (source: string) => {
  const value = evaluate(parseExpression(source), scope);
  return value instanceof Map ? Object.fromEntries(value) : value;
};

test.each([
  ["1 + 2 * 3", 7],
  ["(1 + 2) * 3", 9],
  ["2 ^ 3 ^ 2", 512],
  ["-2 + 5", 3],
  ["10 - 3 - 2", 5],
  ["1.5e2 / .5", 300],
  ["a * 2", { 1: 20, 2: 40 }],
  ["a + b", { 2: 25 }],
  // Nothing can be divided by zero: there is no point.
  ["a / b", { 2: 4 }],
  ["SUM(METRICS())", { 1: 10, 2: 25, 3: 0 }],
  ['AVG(METRICS("a"))', { 1: 10, 2: 20 }],
  ["MAX(a)", 20],
  ["FILL(a, 7)", { 1: 10, 2: 20, 3: 7 }],
  ["FILL(a, REPEAT)", { 1: 10, 2: 20, 3: 20 }],
  ["IF(a > 10, a, 0 - a)", { 1: -10, 2: 20 }],
  ["IF(FILL(b, 0) >= 5 && a < 30, 1, 2)", { 1: 2, 2: 1 }],
  ["CEIL(a / 3)", { 1: 4, 2: 7 }],
])("%s", (source, expected) => expect(run(source)).toEqual(expected));

test.each([
  "",
  "1 +",
  "(1",
  "1)",
  "a b",
  "SUM(",
  "SUM()",
  "FOO(a)",
  "a $ b",
  "FILL(a)",
  "METRICS() + METRICS()",
  "nobody",
  "REPEAT",
  `${"(".repeat(100)}1${")".repeat(100)}`,
])("'%s' is refused", (source) => expect(() => run(source)).toThrow(ExpressionError));

test("arithmetic agrees with JavaScript", () => {
  const { tree } = fc.letrec<{ tree: string }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 6 },
      fc.integer({ min: 1, max: 99 }).map(String),
      fc
        .tuple(tie("tree"), fc.constantFrom("+", "-", "*", "/"), tie("tree"))
        .map(([left, sign, right]) => `(${left} ${sign} ${right})`),
      fc
        .tuple(fc.integer({ min: 1, max: 9 }), fc.constantFrom("+", "-", "*"), tie("tree"))
        .map(([left, sign, right]) => `(${left} ${sign} ${right})`),
    ),
  }));
  fc.assert(
    fc.property(tree, (source) => {
      // The source holds digits, parentheses and four operators.
      const expected = new Function(`return ${source}`)() as number;
      expect(run(source)).toBe(expected);
    }),
  );
});
