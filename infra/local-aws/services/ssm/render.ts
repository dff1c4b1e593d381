import type { Parameter as ParameterShape } from "@aws-sdk/client-ssm";
import type { Place } from "../../contract.ts";
import { lookUp } from "./parameters.ts";
import type { Parameter, Parameters, ParameterVersion } from "./parameters.ts";

type Shown = { parameter: Parameter; version: ParameterVersion; isDecrypted: boolean; selector?: string | undefined };

/** One version of a parameter with its value. */
export function renderParameter({ parameter, version, isDecrypted, selector }: Shown): ParameterShape {
  const isHidden = version.type === "SecureString" && !isDecrypted;
  return {
    Name: parameter.name,
    Type: version.type,
    // What AWS would give is ciphertext: something, but not the value.
    Value: isHidden ? Buffer.from(`encrypted ${parameter.arn}:${version.version}`).toString("base64") : version.value,
    Version: version.version,
    ...(selector === undefined ? {} : { Selector: `:${selector}` }),
    LastModifiedDate: new Date(version.changedAt),
    ARN: parameter.arn,
    DataType: "text",
  };
}

/** What a name, an ARN or a `name:version` stands for. */
export function readParameter(
  parameters: Parameters,
  place: Place,
  name: string,
  isDecrypted: boolean,
): ParameterShape {
  const selector = name.startsWith("arn:") ? undefined : name.split(":")[1];
  return renderParameter({ ...lookUp(parameters, place, name), isDecrypted, selector });
}
