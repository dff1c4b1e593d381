import { ParameterType } from "@aws-sdk/client-ssm";
import type { PutParameterCommandInput, PutParameterCommandOutput } from "@aws-sdk/client-ssm";
import { AwsError } from "../../../contract.ts";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import { invalid } from "../errors.ts";
import { checkName } from "../names.ts";
import type { Parameters } from "../parameters.ts";

const TYPES: ParameterType[] = [ParameterType.STRING, ParameterType.STRING_LIST, ParameterType.SECURE_STRING];
const STANDARD_BYTES = 4_096;

/** Creates a parameter, or with `Overwrite` a new version of one, of the same type unless another is named. */
export function putParameter(
  parameters: Parameters,
  input: PutParameterCommandInput,
  caller: Caller,
): Answer<PutParameterCommandOutput> {
  const { Name: name = "", Value: value = "", Type: type, Description: description } = input;
  checkName(name);
  if (value === "" || Buffer.byteLength(value) > STANDARD_BYTES)
    throw invalid(`Standard tier parameters support a maximum parameter value of ${STANDARD_BYTES} characters.`);
  const known = parameters.find(caller, name);
  if (known && !input.Overwrite) {
    throw new AwsError(
      "ParameterAlreadyExists",
      "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
    );
  }
  const kept = type ?? known?.versions.at(-1)?.type;
  if (kept === undefined) throw invalid("A parameter type is required when you create a parameter.");
  if (!TYPES.includes(kept))
    throw invalid(
      `1 validation error detected: Value '${kept}' at 'type' failed to satisfy constraint: Member must satisfy enum value set: [${TYPES.join(", ")}]`,
    );
  const version = parameters.put(caller, name, {
    value,
    type: kept,
    ...(description === undefined ? {} : { description }),
  });
  caller.record?.("changed", parameters.find(caller, name)?.arn);
  return { Version: version, Tier: "Standard" };
}
