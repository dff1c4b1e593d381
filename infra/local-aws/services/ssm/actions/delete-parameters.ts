import type { DeleteParametersCommandInput, DeleteParametersCommandOutput } from "@aws-sdk/client-ssm";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import { checkNames } from "../names.ts";
import type { Parameters } from "../parameters.ts";

/** Up to 10 parameters; those that do not exist are named in the answer. */
export function deleteParameters(
  parameters: Parameters,
  { Names: asked }: DeleteParametersCommandInput,
  caller: Caller,
): Answer<DeleteParametersCommandOutput> {
  const names = checkNames(asked);
  const deleted = names.filter((name) => parameters.remove(caller, name));
  caller.record?.(deleted.length > 0 ? "changed" : "none");
  return { DeletedParameters: deleted, InvalidParameters: names.filter((name) => !deleted.includes(name)) };
}
