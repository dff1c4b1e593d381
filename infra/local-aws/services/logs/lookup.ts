import type { Place } from "../../contract.ts";
import { invalidParameter, notFound } from "./errors.ts";
import type { Groups, LogGroup } from "./groups.ts";
import type { LogStream } from "./stream.ts";

/** A group by name or ARN (with or without the `:*` that policies add). */
export function groupOf(groups: Groups, place: Place, name: string | undefined, identifier?: string): LogGroup {
  if (name !== undefined && identifier !== undefined)
    throw invalidParameter("Only one of logGroupName and logGroupIdentifier can be specified.");
  const wanted = name ?? identifier?.replace(/^arn:[^:]*:logs:[^:]*:\d+:log-group:/, "").replace(/:\*$/, "");
  if (!wanted) throw invalidParameter("The log group name or identifier is required");
  const group = groups.find(place, wanted);
  if (!group) throw notFound("log group");
  return group;
}

export function streamOf(group: LogGroup, name: string | undefined): LogStream {
  const stream = group.streams.get(name ?? "");
  if (!stream) throw notFound("log stream");
  return stream;
}
