import type { DeleteParametersCommandInput, DeleteParametersCommandOutput } from "@aws-sdk/client-ssm";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import type { Parameters } from "../parameters.ts";

/** Those that do not exist are named in the answer. */
export function deleteParameters(
  parameters: Parameters,
  { Names: names = [] }: DeleteParametersCommandInput,
  caller: Caller,
): Answer<DeleteParametersCommandOutput> {
  const deleted = names.filter((name) => parameters.remove(caller, name));
  caller.record?.(deleted.length > 0 ? "changed" : "none");
  return { DeletedParameters: deleted, InvalidParameters: names.filter((name) => !deleted.includes(name)) };
}
