import type { Ctx } from "../../core/context.ts";
import type { Recorded } from "../../core/record.ts";
import type { Tx } from "../../db/client.ts";
import type { Prisma } from "../../db/generated/client.ts";
import { lockOn } from "../../locks/queries/open.ts";
import { underWayStatuses, type DeploymentStatus } from "../schema.ts";
import { nextOfWaves } from "../waves.ts";
import { undoRun } from "./reopen.ts";
import { endRuns, startRuns } from "./start-runs.ts";

type Moved = { id: string; kind: string; serviceId: string; environmentId: string };

const isPersons = (request: string | null) => request === "rollback" || request === "cancel";

/** Whether a wave may begin now: nothing is locked there, and nobody else is at work on its targets. */
async function mayStart(tx: Tx, ctx: Ctx, deployment: Moved, targetIds: string[]): Promise<boolean> {
  if (await lockOn(tx, { ...deployment, targetIds }, ctx.now())) return false;
  const others = await tx.deploymentTarget.count({
    where: {
      targetId: { in: targetIds },
      status: { in: [...underWayStatuses] },
      deploymentId: { not: deployment.id },
    },
  });
  return others === 0;
}

function entry({ id, serviceId, environmentId }: Moved, action: string, changes: Prisma.InputJsonObject): Recorded {
  return { action, topic: "deployments", subject: { kind: "deployment", id }, serviceId, environmentId, changes };
}

/**
 * Moves the other targets of a deployment after one of them did: begins the next wave, or ends what waited and undoes
 * what was reached. The caller has locked the place. May be called at any time: it looks at the rows alone.
 */
export async function moveWaves(tx: Tx, ctx: Ctx, deployment: Moved): Promise<Recorded[]> {
  const runs = await tx.deploymentTarget.findMany({
    where: { deploymentId: deployment.id },
    orderBy: [{ wave: "asc" }, { id: "asc" }],
  });
  if (runs.length < 2) return [];
  const step = nextOfWaves(
    runs.map(({ id, wave, status, request }) => ({
      id,
      wave,
      status: status as DeploymentStatus,
      isAsked: isPersons(request),
    })),
    // Undoing a rollback would bring back what somebody wanted gone.
    { undoesAll: deployment.kind !== "rollback" },
  );
  const of = (ids: string[]) => runs.filter((run) => ids.includes(run.id));
  const targets = (ids: string[]) => of(ids).map((run) => run.targetId);
  const entries: Recorded[] = [];
  if (step.cancel.length > 0) {
    await endRuns(tx, of(step.cancel), {
      status: "cancelled",
      now: ctx.now(),
      reason: "A target before it did not succeed, so it never began here.",
    });
    entries.push(entry(deployment, "deployment.wave_cancelled", { targets: targets(step.cancel) }));
  }
  const fault = runs.find((run) => run.status === "rolled_back" || run.status === "rollback_failed");
  const undone: string[] = [];
  for (const run of of(step.undo)) {
    const cause = (fault?.cause ?? undefined) as Prisma.InputJsonObject | undefined;
    const reason = "The release did not work on another target.";
    const by = `deployment:${deployment.id}`;
    if (await undoRun(tx, ctx, run, { request: "undo", by, reason, marksBad: false, cause })) undone.push(run.targetId);
  }
  if (undone.length > 0) entries.push(entry(deployment, "deployment.rolling_back", { targets: undone }));
  if (step.start.length > 0 && (await mayStart(tx, ctx, deployment, targets(step.start)))) {
    await startRuns(tx, step.start, ctx.now());
    entries.push(
      entry(deployment, "deployment.wave", { targets: targets(step.start), wave: of(step.start)[0]?.wave ?? 1 }),
    );
  }
  return entries;
}
