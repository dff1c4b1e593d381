import type { Ctx } from "../../core/context.ts";
import type { Recorded } from "../../core/record.ts";
import type { Tx } from "../../db/client.ts";
import type { Prisma } from "../../db/generated/client.ts";
import type { Cause } from "../advice.ts";
import type { MetRow } from "../commands/holders.ts";
import { isActive } from "../rules.ts";
import { endRuns } from "./start-runs.ts";

/** The way back that a displaced deployment had: what ran, and worked, before it. By target. */
export type WayBack = Map<
  string,
  { previousTaskDefinition: Prisma.InputJsonValue; previousTaskDefinitionArn: string | null }
>;

/**
 * Ends deployments whose place another takes, without judging or undoing them, and frees their targets. ECS stops
 * their rollouts when the newcomer's UpdateService arrives. Answers the way back that the newcomer takes over: what
 * was half rolled out is nothing to return to. The caller has locked the place, and links them with `linkSuperseded`.
 */
export async function endSuperseded(tx: Tx, ctx: Ctx, rows: readonly MetRow[]): Promise<WayBack> {
  const back: WayBack = new Map();
  for (const row of rows) {
    const open = row.targets.filter((run) => isActive(run.status));
    await endRuns(tx, open, { status: "superseded", reason: "Another deployment took its place.", now: ctx.now() });
    for (const { targetId, previousTaskDefinition, previousTaskDefinitionArn } of open) {
      if (previousTaskDefinition !== null) back.set(targetId, { previousTaskDefinition, previousTaskDefinitionArn });
    }
    await tx.deployment.update({
      where: { id: row.id },
      data: { status: "superseded", finishedAt: ctx.now(), rowVersion: { increment: 1 } },
    });
  }
  return back;
}

type By = { id: string; version: string; name: string };

/** Says by whom: on the rows that were displaced, and to everyone who looks at them. */
export async function linkSuperseded(tx: Tx, rows: readonly MetRow[], by: By): Promise<Recorded[]> {
  for (const row of rows) {
    const had =
      row.status === "queued"
        ? "It waited and never began."
        : "It is neither judged nor undone: ECS goes on with what came.";
    const cause: Cause = {
      kind: "superseded",
      headline: `${by.version} by ${by.name} took its place.`,
      detail: had,
      advice: "Look at the deployment that took its place.",
    };
    await tx.deployment.update({ where: { id: row.id }, data: { supersededById: by.id, cause } });
  }
  return rows.map(({ id, serviceId, environmentId, release, status }) => ({
    action: "deployment.supersede",
    topic: "deployments",
    subject: { kind: "deployment", id },
    serviceId,
    environmentId,
    changes: { version: release.version, was: status, by: by.id },
  }));
}
