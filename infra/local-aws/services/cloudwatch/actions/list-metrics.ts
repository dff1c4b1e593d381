import type { ListMetricsCommandInput, ListMetricsCommandOutput } from "@aws-sdk/client-cloudwatch";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import { positionOf } from "../../page.ts";
import type { CloudWatch } from "../cloudwatch.ts";
import { invalidValue } from "../errors.ts";
import { nextToken } from "../page.ts";
import { showDimensions } from "../validate.ts";

const PAGE = 500;

/** Metrics by namespace, name and dimensions; a dimension without a value is there with any. */
export function listMetrics(
  { metrics }: CloudWatch,
  { Namespace: namespace, MetricName: name, Dimensions: dimensions = [], NextToken: token }: ListMetricsCommandInput,
  caller: Caller,
): Answer<ListMetricsCommandOutput> {
  const found = metrics
    .list(caller)
    .filter((metric) => namespace === undefined || metric.namespace === namespace)
    .filter((metric) => name === undefined || metric.name === name)
    .filter((metric) =>
      dimensions.every(
        ({ Name: key = "", Value: value }) =>
          Object.hasOwn(metric.dimensions, key) && (value === undefined || metric.dimensions[key] === value),
      ),
    );
  // Alone among the lists of CloudWatch, this one has no InvalidNextToken.
  const start = positionOf(token, () => invalidValue("The parameter NextToken is invalid."));
  return {
    Metrics: found.slice(start, start + PAGE).map((metric) => ({
      Namespace: metric.namespace,
      MetricName: metric.name,
      Dimensions: showDimensions(metric.dimensions),
    })),
    ...nextToken(start + PAGE, found.length),
  };
}
