import { actorNames, type ActorName } from "../core/actor-names.ts";
import { madeBetween } from "../core/ids.ts";
import { cutPage } from "../core/page.ts";
import { query } from "../core/query.ts";
import type { Db, Tx } from "../db/client.ts";
import type { Prisma } from "../db/generated/client.ts";
import { environmentRefOf, findEnvironment } from "../environments/queries.ts";
import { findService, serviceRefOf } from "../services/queries.ts";
import { listChangesInput, type ChangeDto } from "./schema.ts";

const everything = { service: true, environment: true } as const satisfies Prisma.ChangeInclude;
type Row = Prisma.ChangeGetPayload<{ include: typeof everything }>;

const refOf = (row: Row) => `${row.actorKind}:${row.actorId}`;

/** Deployment that undoes a change, as its writer named it. */
function undoOf({ undo }: Row): string | undefined {
  if (typeof undo !== "object" || undo === null || Array.isArray(undo)) return undefined;
  return typeof undo["deploymentId"] === "string" ? undo["deploymentId"] : undefined;
}

/** A scaling of which its writer said what it was before. */
function scaledOf({ undo, facts }: Row): { targetId: string; from: number; to: number } | undefined {
  const scale = (undo as { scale?: { targetId: string; desiredCount: number } } | null)?.scale;
  const { after } = facts as { after?: number };
  return scale && after !== undefined ? { targetId: scale.targetId, from: after, to: scale.desiredCount } : undefined;
}

/** Desired counts that the portal may set, by target. */
async function countsNow(on: Db | Tx, rows: Row[]): Promise<Map<string, number>> {
  const ids = rows.flatMap((row) => scaledOf(row)?.targetId ?? []);
  if (ids.length === 0) return new Map();
  const targets = await on.target.findMany({
    where: { id: { in: ids }, autoscaled: false },
    select: { id: true, desiredCount: true },
  });
  return new Map(targets.map(({ id, desiredCount }) => [id, desiredCount]));
}

/** Statuses of deployments, and whether there is still something to undo: they run, or what they brought does. */
async function deploymentsNow(on: Db | Tx, ids: string[]) {
  const rows = await on.deployment.findMany({
    where: { id: { in: [...new Set(ids)] } },
    // Runs keep whole task definitions: none of that is read for a line on the timeline.
    select: {
      id: true,
      status: true,
      kind: true,
      releaseId: true,
      configVersionId: true,
      targets: { select: { target: { select: { releaseId: true, configVersionId: true } } } },
      fromConfigVersion: { select: { number: true } },
    },
  });
  return new Map(
    rows.map(({ id, status, kind, releaseId, configVersionId, fromConfigVersion, targets }) => {
      // By release: a rollback runs an earlier one under a task definition of its own.
      const isRelease = targets.some(({ target }) => target.releaseId === releaseId);
      const isVariables =
        fromConfigVersion !== null && targets.some(({ target }) => target.configVersionId === configVersionId);
      const isCurrent = kind === "config" ? isVariables : isRelease;
      const variables = kind === "config" ? (fromConfigVersion?.number ?? null) : null;
      return [
        id,
        {
          status,
          variables,
          undoable:
            ["running", "paused"].includes(status) || (status === "succeeded" && isCurrent && kind !== "restart"),
        },
      ];
    }),
  );
}

type Deployments = Awaited<ReturnType<typeof deploymentsNow>>;

type Known = { nameOf: (ref: string) => ActorName; deployments: Deployments; counts: Map<string, number> };

function toDto(row: Row, { nameOf, deployments, counts }: Known): ChangeDto {
  const undo = undoOf(row);
  const scaled = scaledOf(row);
  return {
    id: row.id,
    at: row.at.toISOString(),
    kind: row.kind,
    source: row.source,
    title: row.title,
    service: row.service && serviceRefOf(row.service),
    environment: row.environment && environmentRefOf(row.environment),
    actor: nameOf(refOf(row)),
    subject: { kind: row.subjectKind, id: row.subjectId },
    outcome: row.subjectKind === "deployment" ? (deployments.get(row.subjectId)?.status ?? null) : null,
    undo:
      undo !== undefined && deployments.get(undo)?.undoable
        ? { deploymentId: undo, variables: deployments.get(undo)?.variables ?? null }
        : null,
    scaleBack:
      scaled && counts.get(scaled.targetId) === scaled.from
        ? { target: scaled.targetId, from: scaled.from, to: scaled.to }
        : null,
  };
}

/** What happened to running systems, newest first, page by page, with what would undo it now. */
export const listChanges = query({
  name: "listChanges",
  permission: "all:read",
  input: listChangesInput,
  async run({ db }, { service, environment, from, to, cursor, limit }) {
    const rows = await db.change.findMany({
      where: {
        ...(service === undefined ? {} : { serviceId: (await findService(db, service)).id }),
        ...(environment === undefined ? {} : { environmentId: (await findEnvironment(db, environment)).id }),
        AND: [...madeBetween("change", from, to), ...(cursor ? [{ id: { lt: cursor } }] : [])],
      },
      include: everything,
      orderBy: { id: "desc" },
      take: limit + 1,
    });
    const page = cutPage(rows, limit);
    const nameOf = await actorNames(db, page.rows.map(refOf));
    const about = page.rows.flatMap((row) =>
      [undoOf(row) ?? [], row.subjectKind === "deployment" ? row.subjectId : []].flat(),
    );
    const deployments = await deploymentsNow(db, about);
    const counts = await countsNow(db, page.rows);
    return { items: page.rows.map((row) => toDto(row, { nameOf, deployments, counts })), next: page.next };
  },
});
