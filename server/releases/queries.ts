import { actorNames, type ActorName } from "../core/actor-names.ts";
import { notFound } from "../core/errors.ts";
import { cutPage } from "../core/page.ts";
import { query } from "../core/query.ts";
import type { Db, Tx } from "../db/client.ts";
import type { Prisma, Release } from "../db/generated/client.ts";
import { environmentRefOf } from "../environments/queries.ts";
import { findService, serviceRefOf } from "../services/queries.ts";
import { getReleaseInput, listReleasesInput, type ReleaseDto } from "./schema.ts";

/** The release with this id; throws `not_found`. */
export async function findRelease(on: Db | Tx, id: string): Promise<Release> {
  const found = await on.release.findUnique({ where: { id } });
  if (!found) throw notFound("release", id);
  return found;
}

/** The release of a service by version or id; throws `not_found`, also for a release of another service. */
export async function findReleaseOf(
  on: Db | Tx,
  service: { id: string; slug: string },
  reference: string,
): Promise<Release> {
  const found = await on.release.findFirst({
    where: { serviceId: service.id, OR: [{ version: reference }, { id: reference }] },
  });
  if (!found) throw notFound("release", reference);
  return found;
}

const everything = {
  service: true,
  artefacts: { orderBy: { container: "asc" } },
  verdicts: { include: { environment: true }, orderBy: { environment: { position: "asc" } } },
  targets: { include: { environment: true }, orderBy: { environment: { position: "asc" } } },
} as const satisfies Prisma.ReleaseInclude;

type Row = Prisma.ReleaseGetPayload<{ include: typeof everything }>;

function toDto(row: Row, nameOf: (ref: string) => ActorName): ReleaseDto {
  const environments = new Map(row.targets.map(({ environment }) => [environment.id, environmentRefOf(environment)]));
  return {
    id: row.id,
    version: row.version,
    service: serviceRefOf(row.service),
    commit: row.commit,
    branch: row.branch,
    repository: row.repository,
    description: row.description,
    createdAt: row.createdAt.toISOString(),
    createdBy: nameOf(row.createdBy),
    artefacts: row.artefacts.map(({ container, image, tag, digest }) => ({ container, image, tag, digest })),
    verdicts: row.verdicts.map(({ environment, verdict, reason, held, at }) => ({
      environment: environmentRefOf(environment),
      // Only the two verdicts are ever written.
      verdict: verdict as "good" | "bad",
      reason,
      held,
      at: at.toISOString(),
    })),
    runningIn: [...environments.values()],
  };
}

/** The DTO of a release that is known to exist. */
export async function releaseDtoOf(on: Db | Tx, id: string): Promise<ReleaseDto> {
  const row = await on.release.findUniqueOrThrow({ where: { id }, include: everything });
  return toDto(row, await actorNames(on, [row.createdBy]));
}

/** One release with its artefacts, verdicts, and where it runs. */
export const getRelease = query({
  name: "getRelease",
  permission: "all:read",
  input: getReleaseInput,
  run: async ({ db }, input) => releaseDtoOf(db, (await findRelease(db, input.release)).id),
});

/** Releases, newest first, page by page. */
export const listReleases = query({
  name: "listReleases",
  permission: "all:read",
  input: listReleasesInput,
  async run({ db }, { service, cursor, limit }) {
    const serviceId = service === undefined ? undefined : (await findService(db, service)).id;
    const rows = await db.release.findMany({
      where: { ...(serviceId ? { serviceId } : {}), ...(cursor ? { id: { lt: cursor } } : {}) },
      include: everything,
      orderBy: { id: "desc" },
      take: limit + 1,
    });
    const page = cutPage(rows, limit);
    const nameOf = await actorNames(
      db,
      page.rows.map((row) => row.createdBy),
    );
    return { items: page.rows.map((row) => toDto(row, nameOf)), next: page.next };
  },
});
