import { actorNames } from "../../core/actor-names.ts";
import type { Db, Tx } from "../../db/client.ts";
import type { Prisma } from "../../db/generated/client.ts";
import { holderInWords } from "../../services/rules.ts";
import type { Met } from "../conflicts.ts";
import { activeStatuses, underWayStatuses } from "../schema.ts";
import { isActive } from "../rules.ts";

/** A service in an environment: what deployments come one after the other for. */
export type Place = { serviceId: string; environmentId: string };

/**
 * Locks a place until the transaction ends, so that two people who press Deploy at once come one after the other, and
 * so do a request and the end of what it meets. Always the first rows that a transaction locks: targets, then runs,
 * then deployments.
 */
export async function lockPlace(tx: Tx, { serviceId, environmentId }: Place): Promise<void> {
  await tx.$queryRaw`
    select id from targets where service_id = ${serviceId} and environment_id = ${environmentId}
    order by id for no key update`;
}

const include = {
  release: true,
  service: true,
  environment: true,
  targets: { orderBy: [{ wave: "asc" }, { id: "asc" }] },
} as const satisfies Prisma.DeploymentInclude;

export type MetRow = Prisma.DeploymentGetPayload<{ include: typeof include }>;

/** What brings back what worked: a rollback, or a deployment that is being undone. */
function isUndo(row: MetRow): boolean {
  return (
    row.kind === "rollback" ||
    row.targets.some((run) => run.status === "rolling_back" || (run.request !== null && isActive(run.status)))
  );
}

/** A deployment as the rules of conflicts take it. */
export function metOf(row: MetRow): Met {
  return {
    id: row.id,
    isUndo: isUndo(row),
    targetIds: row.targets.map((run) => run.targetId),
    unfinishedIds: row.targets.filter((run) => isActive(run.status)).map((run) => run.targetId),
  };
}

/** Deployments at a place that have not ended: those under way, and the one that waits. */
export async function atPlace(
  on: Db | Tx,
  { serviceId, environmentId }: Place,
): Promise<{ underWay: MetRow[]; waiting: MetRow | null }> {
  const rows = await on.deployment.findMany({
    where: { serviceId, environmentId, status: { in: [...activeStatuses] } },
    include,
    orderBy: { id: "asc" },
  });
  return {
    underWay: rows.filter((row) => row.status !== "queued"),
    waiting: rows.find((row) => row.status === "queued") ?? null,
  };
}

export type Holder = { id: string; words: string; by: string };

/** A deployment in words, for who meets it. */
export async function holderOf(
  on: Db | Tx,
  row: Pick<MetRow, "id" | "createdBy" | "kind" | "status" | "release">,
): Promise<Holder> {
  const by = (await actorNames(on, [row.createdBy]))(row.createdBy).name;
  const { kind, status, release, id } = row;
  return { id, by, words: holderInWords({ version: release.version, kind, status, by }) };
}

/** The deployment under way that holds one of the targets, in words, or undefined. */
export async function findHolder(on: Db | Tx, targetIds: string[]): Promise<Holder | undefined> {
  const held = await on.deployment.findFirst({
    where: {
      status: { in: [...underWayStatuses] },
      targets: { some: { targetId: { in: targetIds } } },
    },
    include: { release: true },
  });
  return held ? holderOf(on, held) : undefined;
}
