import type { LogSink, ServiceDefinition } from "../../contract.ts";
import type { Core } from "../../world.ts";
import { bind } from "../bind.ts";
import { actions } from "./actions/index.ts";
import { createGroups } from "./groups.ts";
import { createSink } from "./sink.ts";

/** CloudWatch Logs, and the sink into which the containers' output goes. */
export function createLogs(core: Core): { service: ServiceDefinition; sink: LogSink } {
  const groups = createGroups(core);
  return {
    service: {
      name: "logs",
      protocol: "json-1.1",
      target: "Logs_20140328",
      actions: bind(groups, actions),
      // PutLogEvents is no change of anything that the journal is asked about, and would fill it.
      writes: [
        "CreateLogGroup",
        "CreateLogStream",
        "DeleteLogGroup",
        "DeleteLogStream",
        "DeleteRetentionPolicy",
        "PutRetentionPolicy",
      ],
      buckets: { describeLogStreams: { burst: 50, perSecond: 25, actions: ["DescribeLogStreams"] } },
    },
    sink: createSink(groups),
  };
}
