import { randomBytes } from "node:crypto";
import type { Core } from "../../world.ts";
import type { Listeners } from "./listeners.ts";
import type { Pool } from "./pool.ts";
import type { ElbState } from "./state.ts";

/** What every action works with. */
export type Elb = {
  core: Core;
  state: ElbState;
  pool: Pool;
  listeners: Listeners;
  /** After every change of `state`: saves it, and starts or ends health checks of groups by their use. */
  changed(): void;
};

/** The 16 hexadecimal digits at the end of every ARN of this service. */
export function newId(): string {
  return randomBytes(8).toString("hex");
}
