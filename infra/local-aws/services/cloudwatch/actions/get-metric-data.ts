import type { GetMetricDataCommandInput, GetMetricDataCommandOutput } from "@aws-sdk/client-cloudwatch";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import type { CloudWatch } from "../cloudwatch.ts";
import { positionOf } from "../../page.ts";
import { invalidNextToken, invalidValue, missing, validation } from "../errors.ts";
import { nextToken } from "../page.ts";
import { createEvaluation, parseQueries } from "../query.ts";
import type { Query, Range } from "../query.ts";

const MOST_QUERIES = 500;
const MOST_POINTS = 100_800;

/** Pages cut across the results in order; a query whose points continue on the next page is PartialData. */
export function getMetricData(
  { metrics: store, periods }: CloudWatch,
  input: GetMetricDataCommandInput,
  caller: Caller,
): Answer<GetMetricDataCommandOutput> {
  const queries = readQueries(input);
  const pointsOf = createEvaluation({ store, periods, place: caller, queries, range: readRange(input) });
  const direction = input.ScanBy === "TimestampAscending" ? 1 : -1;
  const most = Math.min(input.MaxDatapoints ?? MOST_POINTS, MOST_POINTS);
  if (most < 1) throw invalidValue("The parameter MaxDatapoints must be greater than 0.");
  const skipped = positionOf(input.NextToken, invalidNextToken);
  let position = 0;
  const results = queries
    .filter((query) => query.isReturned)
    .map((query) => {
      const points = [...pointsOf(query.id)].sort(([a], [b]) => (a - b) * direction);
      const start = Math.min(points.length, Math.max(0, skipped - position));
      const end = Math.min(points.length, Math.max(0, skipped + most - position));
      position += points.length;
      const page = points.slice(start, end);
      return {
        Id: query.id,
        Label: query.label,
        Timestamps: page.map(([at]) => new Date(at)),
        Values: page.map(([, value]) => value),
        StatusCode: end < points.length ? ("PartialData" as const) : ("Complete" as const),
      };
    });
  return { MetricDataResults: results, Messages: [], ...nextToken(skipped + most, position) };
}

function readQueries({ MetricDataQueries: inputs = [] }: GetMetricDataCommandInput): Query[] {
  if (inputs.length === 0) throw missing("MetricDataQueries");
  if (inputs.length > MOST_QUERIES)
    throw validation(`The collection MetricDataQueries must not have a size greater than ${MOST_QUERIES}.`);
  const queries = parseQueries(inputs);
  if (queries.some((query) => query.isReturned)) return queries;
  throw validation("At least one MetricDataQuery must return data.");
}

function readRange({ StartTime: start, EndTime: end }: GetMetricDataCommandInput): Range {
  if (!start || !end) throw missing(start ? "EndTime" : "StartTime");
  if (start < end) return { from: start.getTime(), to: end.getTime() };
  throw validation("The parameter StartTime must be less than the parameter EndTime.");
}
