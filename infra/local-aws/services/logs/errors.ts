import { AwsError } from "../../contract.ts";
import type { Place } from "../../contract.ts";
import type { Groups, LogGroup } from "./groups.ts";
import type { LogStream } from "./stream.ts";

export function invalidParameter(message: string): AwsError {
  return new AwsError("InvalidParameterException", message);
}

/** A group by name or ARN (with or without the `:*` that policies add). */
export function groupOf(groups: Groups, place: Place, name: string | undefined, identifier?: string): LogGroup {
  const wanted = name ?? identifier?.replace(/^arn:[^:]*:logs:[^:]*:\d+:log-group:/, "").replace(/:\*$/, "");
  if (!wanted) throw invalidParameter("The log group name or identifier is required");
  const group = groups.find(place, wanted);
  if (!group) throw new AwsError("ResourceNotFoundException", "The specified log group does not exist.");
  return group;
}

export function streamOf(group: LogGroup, name: string | undefined): LogStream {
  const stream = group.streams.get(name ?? "");
  if (!stream) throw new AwsError("ResourceNotFoundException", "The specified log stream does not exist.");
  return stream;
}
