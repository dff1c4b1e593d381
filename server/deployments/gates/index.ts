import { gate as alarms } from "./alarms.ts";
import type { Gate } from "./gate.ts";
import { gate as deployable } from "./deployable.ts";
import { gate as image } from "./image.ts";
import { gate as logGroup } from "./log-group.ts";
import { gate as nothingUnderWay } from "./nothing-under-way.ts";
import { gate as percentMaths } from "./percent-maths.ts";
import { gate as secrets } from "./secrets.ts";
import { gate as taskDefinition } from "./task-definition.ts";
import { gate as wayBack } from "./way-back.ts";

/** Every gate, in the order in which pages show them. A new one is a file here and a line in this list. */
export const gates: readonly Gate[] = [
  deployable,
  image,
  taskDefinition,
  percentMaths,
  alarms,
  logGroup,
  secrets,
  wayBack,
  nothingUnderWay,
];
