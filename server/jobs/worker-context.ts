import type { Db } from "../db/client.ts";
import type { Locks } from "../db/lock.ts";
import type { Ports } from "../deployments/ports.ts";

/** What every job is given. `scale` turns AWS time into real time; `now` is the engine's clock, when it is not the wall's. */
export type WorkerContext = { db: Db; ports: Ports; locks: Locks; scale: number; now?: () => Date };

/** A job's handler: idempotent, since a job may run twice, and at the same time. */
export type Handler = (context: WorkerContext, payload: unknown) => Promise<void>;
