import { z } from "zod";
import { enqueue } from "../jobs/queue.ts";
import type { Handler } from "../jobs/worker-context.ts";
import { advance } from "./engine/advance.ts";
import { activeStatuses } from "./schema.ts";

const advancePayload = z.object({ id: z.string() });

/** When somebody else holds the run, look again this soon: what was asked meanwhile must not wait for their next look. */
const busyMs = 300;

/** Moves one deployment on one target as far as it goes, and asks to be called again. */
export const advanceDeployment: Handler = async ({ db, ports, locks, scale }, payload) => {
  const { id } = advancePayload.parse(payload);
  const done = await locks.tryWith(`deployment:${id}`, () => advance({ db, ports, scale }, id));
  const next = done ? done.value : { atMs: Date.now() + busyMs };
  if (next) await enqueue(db, "deployment:advance", { id }, { key: id, runAt: new Date(next.atMs) });
};

/** Takes up every deployment that is under way: heals lost jobs and workers that were killed. */
export const healDeployments: Handler = async ({ db }) => {
  const runs = await db.deploymentTarget.findMany({
    where: { status: { in: activeStatuses.filter((status) => status !== "queued") } },
    select: { id: true },
  });
  for (const { id } of runs) await enqueue(db, "deployment:advance", { id }, { key: id });
};
