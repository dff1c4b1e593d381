import type { DescribeParametersCommandInput, DescribeParametersCommandOutput } from "@aws-sdk/client-ssm";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import { parameterFilter } from "../filter.ts";
import { page } from "../paging.ts";
import type { Parameters } from "../parameters.ts";

const LARGEST_PAGE = 50;

/** Parameters that fit every filter, without their values. */
export function describeParameters(
  parameters: Parameters,
  input: DescribeParametersCommandInput,
  caller: Caller,
): Answer<DescribeParametersCommandOutput> {
  const filters = (input.ParameterFilters ?? []).map(parameterFilter);
  const found = parameters.list(caller).filter((parameter) => filters.every((fits) => fits(parameter)));
  const { items, next } = page(found, input, LARGEST_PAGE);
  return {
    Parameters: items.flatMap((parameter) =>
      parameter.versions.slice(-1).map(({ type, version, changedAt, description }) => ({
        Name: parameter.name,
        ARN: parameter.arn,
        Type: type,
        ...(description === undefined ? {} : { Description: description }),
        LastModifiedDate: new Date(changedAt),
        Version: version,
        Tier: "Standard",
        DataType: "text",
      })),
    ),
    NextToken: next,
  };
}
