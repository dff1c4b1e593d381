import { AwsError } from "../../contract.ts";

export function invalid(message: string): AwsError {
  return new AwsError("ValidationException", message);
}

/** AWS sends it without a message. */
export function parameterNotFound(): AwsError {
  return new AwsError("ParameterNotFound", "");
}
