import { AwsError } from "../../contract.ts";

export function invalid(message: string): AwsError {
  return new AwsError("ValidationError", message);
}
