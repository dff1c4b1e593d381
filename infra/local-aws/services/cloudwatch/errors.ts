import { AwsError } from "../../contract.ts";

/** CloudWatch names the parameter in almost every refusal. */
export function invalidValue(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message);
}

export function missing(parameter: string): AwsError {
  return new AwsError("MissingRequiredParameterException", `The parameter ${parameter} is required.`);
}

export function invalidCombination(message: string): AwsError {
  return new AwsError("InvalidParameterCombinationException", message);
}

export function validation(message: string): AwsError {
  return new AwsError("ValidationException", message);
}

export function invalidNextToken(): AwsError {
  return new AwsError("InvalidNextToken", "The parameter NextToken is invalid.");
}

/** Refuses more names than a call may have. */
export function checkCount(names: string[], most: number, parameter: string): void {
  if (names.length > most)
    throw validation(
      `1 validation error detected: Value at '${parameter}' failed to satisfy constraint: Member must have length less than or equal to ${most}`,
    );
}

export function notFound(message: string): AwsError {
  return new AwsError("ResourceNotFound", message, 404);
}
