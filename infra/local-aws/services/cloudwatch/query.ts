import type { MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import type { Place } from "../../contract.ts";
import { validation } from "./errors.ts";
import { evaluate } from "./evaluate.ts";
import type { Points, Value } from "./evaluate.ts";
import { ExpressionError, parseExpression } from "./expression.ts";
import type { Expression } from "./expression.ts";
import type { MetricId, MetricStore } from "./metric-store.ts";
import type { Periods } from "./periods.ts";
import { parseStatistic } from "./statistic.ts";
import type { Statistic } from "./statistic.ts";
import { checkPeriod, metricId } from "./validate.ts";

type Common = { id: string; label: string; isReturned: boolean };
export type Query = Common &
  (
    | { kind: "metric"; metric: MetricId; periodSeconds: number; statistic: Statistic }
    | { kind: "expression"; expression: Expression }
  );

/** Checks the queries of one request; ids are unique, expressions name other ids or METRICS(). */
export function parseQueries(inputs: MetricDataQuery[]): Query[] {
  const ids = new Set<string>();
  return inputs.map((input) => {
    const id = input.Id ?? "";
    if (!/^[a-z]\w{0,254}$/.test(id))
      throw validation(
        `The value '${id}' for parameter MetricDataQueries.member.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$`,
      );
    if (ids.has(id)) throw validation(`The values for parameter id in MetricDataQueries are not unique.`);
    ids.add(id);
    const common = { id, isReturned: input.ReturnData ?? true };
    if (input.MetricStat && input.Expression === undefined) {
      const { Metric: metric, Stat: stat = "", Period: period } = input.MetricStat;
      const statistic = parseStatistic(stat);
      if (!statistic)
        throw validation(
          `The value '${stat}' for parameter MetricDataQueries.member.MetricStat.Stat is not a valid statistic.`,
        );
      const found = metricId(metric ?? {});
      const periodSeconds = checkPeriod(period, "MetricDataQueries.member.MetricStat.Period");
      return { ...common, label: input.Label ?? found.name, kind: "metric", metric: found, periodSeconds, statistic };
    }
    if (input.Expression === undefined || input.MetricStat) {
      throw validation(`Either MetricStat or Expression must be specified for MetricDataQuery '${id}'`);
    }
    return { ...common, label: input.Label ?? id, kind: "expression", expression: parse(id, input.Expression) };
  });
}

function parse(id: string, source: string): Expression {
  try {
    return parseExpression(source);
  } catch (error) {
    if (error instanceof ExpressionError) throw validation(`Error in expression '${id}': ${error.message}`);
    throw error;
  }
}

const LONGEST_SERIES = 100_800;

export type Range = { from: number; to: number };

type Parts = { store: MetricStore; periods: Periods; place: Place; queries: Query[]; range: Range };

/**
 * Evaluates queries over a range of the wall clock (epoch ms). Expressions use the longest period of the request's
 * metrics, 300 AWS seconds when there is none.
 */
export function createEvaluation({ store, periods, place, queries, range }: Parts) {
  const byId = new Map(queries.map((query) => [query.id, query]));
  const known = new Map<string, Value>();
  const open = new Set<string>();
  const lengths = queries.flatMap((query) => (query.kind === "metric" ? [query.periodSeconds] : []));
  const periodSeconds = Math.max(0, ...lengths) || 300;

  function times(): number[] {
    const found: number[] = [];
    for (let index = periods.indexOf(range.from, periodSeconds); ; index++) {
      const at = periods.startOf(index, periodSeconds);
      if (at >= range.to) return found;
      if (found.length > LONGEST_SERIES) throw new ExpressionError("The range has too many periods");
      found.push(at);
    }
  }

  function series(id: string): Value {
    const done = known.get(id);
    if (done !== undefined) return done;
    const query = byId.get(id);
    if (!query) throw new ExpressionError(`Undefined identifier '${id}'`);
    if (open.has(id)) throw new ExpressionError(`'${id}' refers to itself`);
    open.add(id);
    const value = query.kind === "metric" ? readMetric(query) : evaluate(query.expression, { series, metrics, times });
    known.set(id, value);
    return value;
  }

  function readMetric(query: Query & { kind: "metric" }): Points {
    const { metric, periodSeconds, statistic } = query;
    const buckets = store.read(place, { metric, periodSeconds, ...range });
    return new Map(
      buckets.flatMap(({ at, bucket }) => {
        const value = statistic(bucket);
        return value === undefined ? [] : [[at, value] as const];
      }),
    );
  }

  function metrics() {
    return queries.flatMap((query) =>
      query.kind === "metric" ? [{ id: query.id, points: series(query.id) as Points }] : [],
    );
  }

  /** Points of a query, the only or first series of an array; a bare number stands at every period. */
  return function points(id: string): Points {
    try {
      const value = series(id);
      if (typeof value === "number") return new Map(times().map((at) => [at, value]));
      return Array.isArray(value) ? (value[0] ?? new Map<number, number>()) : value;
    } catch (error) {
      if (error instanceof ExpressionError) throw validation(`Error in expression '${id}': ${error.message}`);
      throw error;
    }
  };
}
