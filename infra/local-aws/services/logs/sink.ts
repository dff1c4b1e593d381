import type { LogSink } from "../../contract.ts";
import type { Groups } from "./groups.ts";

/** What the awslogs driver does: create the stream when absent, append, and never create the group. */
export function createSink(groups: Groups): LogSink {
  return {
    groupExists: (place, name) => groups.find(place, name) !== undefined,
    append(place, name, streamName, message, at) {
      const group = groups.find(place, name);
      if (!group) return;
      const stream = group.streams.get(streamName) ?? groups.createStream(group, streamName);
      groups.append(group, stream, [{ timestamp: at, message }]);
    },
  };
}
