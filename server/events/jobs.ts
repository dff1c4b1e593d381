import type { Handler } from "../jobs/worker-context.ts";

/** Live pages replay no further back than this. */
const keepDays = 7;

/** Deletes events that no page will ask for any more. */
export const pruneEvents: Handler = async ({ db }) => {
  const before = new Date(Date.now() - keepDays * 86_400_000);
  await db.event.deleteMany({ where: { at: { lt: before }, cursor: { not: null } } });
};
