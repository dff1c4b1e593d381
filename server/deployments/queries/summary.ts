import { actorNames, type ActorName } from "../../core/actor-names.ts";
import { isoOrNull } from "../../core/dto.ts";
import type { Db, Tx } from "../../db/client.ts";
import type { Prisma } from "../../db/generated/client.ts";
import { environmentRefOf } from "../../environments/queries.ts";
import { serviceRefOf } from "../../services/queries.ts";
import type { Cause } from "../advice.ts";
import type { DeploymentStatus, DeploymentSummaryDto, StepName } from "../schema.ts";

/** What a row of a list shows. */
export const summaryInclude = {
  service: true,
  environment: true,
  release: true,
  fromRelease: true,
  targets: { select: { step: true }, orderBy: { wave: "asc" }, take: 1 },
} as const satisfies Prisma.DeploymentInclude;

export type SummaryRow = Prisma.DeploymentGetPayload<{ include: typeof summaryInclude }>;

/** A deployment as lists show it. */
export function summaryOf(row: SummaryRow, nameOf: (ref: string) => ActorName): DeploymentSummaryDto {
  const cause = row.cause as Cause | null;
  return {
    id: row.id,
    service: serviceRefOf(row.service),
    environment: environmentRefOf(row.environment),
    // Kind, status and step are only ever written from the closed lists of the schema.
    kind: row.kind as DeploymentSummaryDto["kind"],
    automatic: row.automatic,
    source: row.source as DeploymentSummaryDto["source"],
    status: row.status as DeploymentStatus,
    step: (row.targets[0]?.step ?? null) as StepName | null,
    release: { id: row.release.id, version: row.release.version },
    from: row.fromRelease && { id: row.fromRelease.id, version: row.fromRelease.version },
    reason: row.reason,
    headline: cause?.headline ?? null,
    createdBy: nameOf(row.createdBy),
    createdAt: row.createdAt.toISOString(),
    startedAt: isoOrNull(row.startedAt),
    finishedAt: isoOrNull(row.finishedAt),
  };
}

/** Many at once, with their actors' names in two queries. */
export async function summariesOf(on: Db | Tx, rows: SummaryRow[]): Promise<DeploymentSummaryDto[]> {
  const nameOf = await actorNames(
    on,
    rows.map((row) => row.createdBy),
  );
  return rows.map((row) => summaryOf(row, nameOf));
}
