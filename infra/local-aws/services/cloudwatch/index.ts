import type { Metrics, ServiceDefinition } from "../../contract.ts";
import type { Core } from "../../world.ts";
import { bind } from "../bind.ts";
import { actions } from "./actions/index.ts";
import { createAlarmLoop } from "./alarm-loop.ts";
import { createAlarms } from "./alarms.ts";
import type { CloudWatch } from "./cloudwatch.ts";
import { createMetricStore } from "./metric-store.ts";
import { createPeriods } from "./periods.ts";

/** CloudWatch: metrics in memory, alarms on them, and the port through which other services put theirs. */
export function createCloudWatch(core: Core): { service: ServiceDefinition; port: Metrics } {
  const periods = createPeriods(core.clock.scale);
  const metrics = createMetricStore(periods);
  const alarms = createAlarms(core);
  const loop = createAlarmLoop({ clock: core.clock, periods, alarms, metrics });
  const cloudwatch: CloudWatch = { core, periods, metrics, alarms, loop };
  core.onClose(loop.close);
  return {
    service: {
      name: "monitoring",
      protocol: "json-1.0",
      target: "GraniteServiceVersion20100801",
      actions: bind(cloudwatch, actions),
      // PutMetricData changes nothing that a restart keeps, and would fill the journal.
      writes: ["PutMetricAlarm", "DeleteAlarms", "SetAlarmState"],
      // Sustained rates of the AWS quotas; AWS does not publish the bursts.
      buckets: {
        describeAlarms: { burst: 18, perSecond: 9, actions: ["DescribeAlarms"] },
        putMetricAlarm: { burst: 30, perSecond: 3, actions: ["PutMetricAlarm"] },
        listMetrics: { burst: 50, perSecond: 25, actions: ["ListMetrics"] },
        getMetricData: { burst: 100, perSecond: 50, actions: ["GetMetricData"] },
        putMetricData: { burst: 1000, perSecond: 500, actions: ["PutMetricData"] },
      },
    },
    port: {
      put(place, namespace, name, dimensions, value, unit) {
        const data = [{ value, count: 1 }];
        metrics.put(place, {
          namespace,
          name,
          dimensions,
          data,
          at: core.clock.now(),
          ...(unit === undefined ? {} : { unit }),
        });
      },
      alarmState: (place, name) => alarms.find(place, name)?.state,
    },
  };
}
