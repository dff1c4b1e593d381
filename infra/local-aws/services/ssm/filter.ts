import type { ParameterStringFilter } from "@aws-sdk/client-ssm";
import { AwsError } from "../../contract.ts";
import type { Parameter } from "./parameters.ts";

const tests: Record<string, (text: string, value: string) => boolean> = {
  Equals: (text, value) => text === value,
  BeginsWith: (text, value) => text.startsWith(value),
  Contains: (text, value) => text.includes(value),
};

/** Whether a parameter fits one filter of DescribeParameters. */
export function parameterFilter({ Key: key, Option: option = "Equals", Values: values = [] }: ParameterStringFilter) {
  if (key !== "Name" && key !== "Type")
    throw new AwsError("InvalidFilterKey", `Local AWS filters parameters by Name or Type, not by '${key ?? ""}'`);
  const test = Object.hasOwn(tests, option) ? tests[option] : undefined;
  if (!test) throw new AwsError("InvalidFilterOption", `The filter option is one of ${Object.keys(tests).join(", ")}`);
  if (values.length === 0) throw new AwsError("InvalidFilterValue", "The filter value is not valid.");
  return (parameter: Parameter): boolean => {
    const text = key === "Name" ? parameter.name : (parameter.versions.at(-1)?.type ?? "");
    return values.some((value) => test(text, value));
  };
}
