import type { Core } from "../../world.ts";
import type { AlarmLoop } from "./alarm-loop.ts";
import type { Alarms } from "./alarms.ts";
import type { MetricStore } from "./metric-store.ts";
import type { Periods } from "./periods.ts";

/** What every action works with. */
export type CloudWatch = { core: Core; periods: Periods; metrics: MetricStore; alarms: Alarms; loop: AlarmLoop };
