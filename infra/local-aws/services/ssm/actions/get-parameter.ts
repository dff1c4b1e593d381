import type { GetParameterCommandInput, GetParameterCommandOutput } from "@aws-sdk/client-ssm";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import type { Parameters } from "../parameters.ts";
import { readParameter } from "../render.ts";

/** By name, ARN or `name:version`. */
export function getParameter(
  parameters: Parameters,
  { Name: name = "", WithDecryption: isDecrypted = false }: GetParameterCommandInput,
  caller: Caller,
): Answer<GetParameterCommandOutput> {
  return { Parameter: readParameter(parameters, caller, name, isDecrypted) };
}
