import type { Ctx } from "../../core/context.ts";
import { notifyFacts } from "../../events/facts.ts";
import type { RuntimeFailure } from "../ports.ts";
import type { Committed } from "./commit.ts";
import type { RunRow } from "./load.ts";

/**
 * Notes a call that is tried again, so that the page can say what it waits for. When somebody moved the run meanwhile,
 * a person's request above all, it is looked at again at once instead.
 */
export async function commitRetry(ctx: Ctx, row: RunRow, failure: RuntimeFailure, realMs: number): Promise<Committed> {
  const { count } = await ctx.db.deploymentTarget.updateMany({
    where: { id: row.id, rowVersion: row.rowVersion },
    data: {
      attempts: row.attempts + 1,
      lastError: failure.message,
      failingSince: row.failingSince ?? ctx.now(),
      nextAt: new Date(ctx.now().getTime() + realMs),
    },
  });
  if (count === 0) return { kind: "again" };
  await notifyFacts(ctx.db, "deployments", row.deploymentId);
  return { kind: "wait", realMs };
}
