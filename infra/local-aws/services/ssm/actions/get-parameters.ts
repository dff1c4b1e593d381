import type { GetParametersCommandInput, GetParametersCommandOutput, Parameter } from "@aws-sdk/client-ssm";
import { AwsError } from "../../../contract.ts";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import { checkNames } from "../names.ts";
import type { Parameters } from "../parameters.ts";
import { readParameter } from "../render.ts";

/** Up to 10 parameters; those that do not exist are named in the answer. */
export function getParameters(
  parameters: Parameters,
  { Names: asked, WithDecryption: isDecrypted = false }: GetParametersCommandInput,
  caller: Caller,
): Answer<GetParametersCommandOutput> {
  const found: Parameter[] = [];
  const unknown: string[] = [];
  for (const name of checkNames(asked)) {
    try {
      found.push(readParameter(parameters, caller, name, isDecrypted));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      unknown.push(name);
    }
  }
  return { Parameters: found, InvalidParameters: unknown };
}
