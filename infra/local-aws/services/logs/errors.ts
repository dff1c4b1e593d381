import { AwsError } from "../../contract.ts";

export function invalidParameter(message: string): AwsError {
  return new AwsError("InvalidParameterException", message);
}

export function notFound(what: "log group" | "log stream"): AwsError {
  return new AwsError("ResourceNotFoundException", `The specified ${what} does not exist.`);
}

export function alreadyExists(what: "log group" | "log stream"): AwsError {
  return new AwsError("ResourceAlreadyExistsException", `The specified ${what} already exists`);
}
