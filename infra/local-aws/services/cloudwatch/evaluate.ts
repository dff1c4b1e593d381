import { ExpressionError } from "./expression.ts";
import type { Expression } from "./expression.ts";

/** Points of one time series by their wall-clock start. */
export type Points = Map<number, number>;
export type Value = number | Points | Points[];

export type Scope = {
  /** The series of another query of the same request. */
  series(id: string): Value;
  /** Every metric (not expression) of the request, for METRICS(), with its id. */
  metrics(): { id: string; points: Points }[];
  /** Every period start in the range, for FILL. */
  times(): number[];
};

const OPERATORS: Record<string, (a: number, b: number) => number> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "^": (a, b) => a ** b,
  "<": (a, b) => Number(a < b),
  "<=": (a, b) => Number(a <= b),
  ">": (a, b) => Number(a > b),
  ">=": (a, b) => Number(a >= b),
  "==": (a, b) => Number(a === b),
  "!=": (a, b) => Number(a !== b),
  "&&": (a, b) => Number(a !== 0 && b !== 0),
  "||": (a, b) => Number(a !== 0 || b !== 0),
  AND: (a, b) => Number(a !== 0 && b !== 0),
  OR: (a, b) => Number(a !== 0 || b !== 0),
};

const AGGREGATES: Record<string, (values: number[]) => number> = {
  SUM: (values) => values.reduce((sum, value) => sum + value, 0),
  AVG: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  MIN: (values) => values.reduce((least, value) => Math.min(least, value), Infinity),
  MAX: (values) => values.reduce((most, value) => Math.max(most, value), -Infinity),
};

const ROUNDING: Record<string, (value: number) => number> = { ABS: Math.abs, CEIL: Math.ceil, FLOOR: Math.floor };

/** What an expression is worth over the range of the query; a point that is not finite (n/0) is no point. */
export function evaluate(expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case "number":
      return expression.value;
    case "id":
      return scope.series(expression.id);
    case "word":
      throw new ExpressionError(`Unexpected '${expression.word}'`);
    case "negate":
      return mapValue(evaluate(expression.operand, scope), (value) => -value);
    case "binary": {
      const operator = OPERATORS[expression.operator];
      if (!operator) throw new ExpressionError(`Unknown operator '${expression.operator}'`);
      return combine(evaluate(expression.left, scope), evaluate(expression.right, scope), operator);
    }
    case "call":
      return call(expression.name, expression.args, scope);
  }
}

function call(name: string, args: Expression[], scope: Scope): Value {
  const [first, second, third] = args;
  if (name === "METRICS") return metricsMatching(first, scope);
  if (!first) throw new ExpressionError(`${name} takes an argument`);
  if (Object.hasOwn(AGGREGATES, name)) return aggregate(evaluate(first, scope), AGGREGATES[name]);
  const rounding = Object.hasOwn(ROUNDING, name) ? ROUNDING[name] : undefined;
  if (rounding) return mapValue(evaluate(first, scope), rounding);
  if (name === "FILL" && second) return fill(evaluate(first, scope), second, scope);
  if (name === "IF" && second) {
    return choose(evaluate(first, scope), evaluate(second, scope), third && evaluate(third, scope));
  }
  throw new ExpressionError(`Unsupported function or arguments: ${name}`);
}

/** `METRICS()` or `METRICS("part of an id")`. */
function metricsMatching(filter: Expression | undefined, scope: Scope): Points[] {
  const part = filter?.kind === "word" ? filter.word : "";
  return scope
    .metrics()
    .filter(({ id }) => id.includes(part))
    .map(({ points }) => points);
}

/** Over an array: point by point across its series, each where at least one has a value. Over a series: its points. */
function aggregate(value: Value, reduce: ((values: number[]) => number) | undefined): Value {
  if (!reduce || typeof value === "number") return value;
  if (!Array.isArray(value)) return value.size === 0 ? new Map<number, number>() : reduce([...value.values()]);
  const times = new Set(value.flatMap((points) => [...points.keys()]));
  return finite([...times].map((at) => [at, reduce(value.flatMap((points) => points.get(at) ?? []))] as const));
}

function fill(value: Value, filler: Expression, scope: Scope): Value {
  if (typeof value === "number") return value;
  if (Array.isArray(value)) return value.map((points) => fill(points, filler, scope) as Points);
  if (filler.kind === "word" && filler.word === "REPEAT") return repeat(value, scope.times());
  const other = filler.kind === "word" ? undefined : evaluate(filler, scope);
  if (other === undefined || Array.isArray(other)) throw new ExpressionError("FILL takes a number, a metric or REPEAT");
  return finite(scope.times().map((at) => [at, value.get(at) ?? valueAt(other, at) ?? NaN] as const));
}

function repeat(points: Points, times: number[]): Points {
  let last = NaN;
  return finite(times.map((at) => [at, (last = points.get(at) ?? last)] as const));
}

function choose(condition: Value, yes: Value, no: Value | undefined): Value {
  if ([condition, yes, no].some(Array.isArray)) throw new ExpressionError("IF takes single time series");
  const [when, then, otherwise] = [condition, yes, no] as (number | Points | undefined)[];
  const pick = (at: number): number => {
    const truth = valueAt(when, at);
    return truth === undefined ? NaN : (valueAt(truth === 0 ? otherwise : then, at) ?? NaN);
  };
  const times = [when, then, otherwise].flatMap((one) => (one instanceof Map ? [...one.keys()] : []));
  return times.length === 0 && typeof when === "number"
    ? pick(0)
    : finite([...new Set(times)].map((at) => [at, pick(at)] as const));
}

function valueAt(value: number | Points | undefined, at: number): number | undefined {
  return value instanceof Map ? value.get(at) : value;
}

function mapValue(value: Value, change: (value: number) => number): Value {
  if (typeof value === "number") return change(value);
  if (Array.isArray(value)) return value.map((points) => mapValue(points, change) as Points);
  return finite([...value].map(([at, point]) => [at, change(point)] as const));
}

/** Two series meet where both have a point; an array meets a series or a number member by member. */
function combine(left: Value, right: Value, operator: (a: number, b: number) => number): Value {
  if (typeof right === "number") return mapValue(left, (value) => operator(value, right));
  if (typeof left === "number") return mapValue(right, (value) => operator(left, value));
  if (Array.isArray(left)) {
    if (Array.isArray(right)) throw new ExpressionError("Two arrays of time series cannot be combined");
    return left.map((points) => combine(points, right, operator) as Points);
  }
  if (Array.isArray(right)) return right.map((points) => combine(left, points, operator) as Points);
  return finite(
    [...left].flatMap(([at, a]) => (right.has(at) ? [[at, operator(a, right.get(at) ?? NaN)] as const] : [])),
  );
}

function finite(points: (readonly [number, number])[]): Points {
  return new Map(points.filter(([, value]) => Number.isFinite(value)));
}
