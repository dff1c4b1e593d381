import type { DeleteParameterCommandInput } from "@aws-sdk/client-ssm";
import type { Caller } from "../../../contract.ts";
import { parameterNotFound } from "../errors.ts";
import type { Parameters } from "../parameters.ts";

/** Deletes all versions. */
export function deleteParameter(parameters: Parameters, input: DeleteParameterCommandInput, caller: Caller): void {
  if (!parameters.remove(caller, input.Name ?? "")) throw parameterNotFound();
}
