import { actorNames } from "../../core/actor-names.ts";
import { query } from "../../core/query.ts";
import type { Db, Tx } from "../../db/client.ts";
import type { ConfigVersion } from "../../db/generated/client.ts";
import { getVersionInput, listVersionsInput, type ConfigVersionDto } from "../schema.ts";
import { entriesOf, findPlace, findVersion, shownEntries } from "./versions.ts";

/** Config versions as lists show them, with their actors' names and sizes in three queries. */
export async function versionDtosOf(on: Db | Tx, rows: ConfigVersion[]): Promise<ConfigVersionDto[]> {
  const nameOf = await actorNames(
    on,
    rows.map((row) => row.createdBy),
  );
  const counts = await on.variable.groupBy({
    by: ["configVersionId"],
    where: { configVersionId: { in: rows.map((row) => row.id) } },
    _count: { _all: true },
  });
  const countOf = new Map(counts.map((one) => [one.configVersionId, one._count._all]));
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    reason: row.reason,
    revertOf: row.revertOf,
    createdBy: nameOf(row.createdBy),
    createdAt: row.createdAt.toISOString(),
    count: countOf.get(row.id) ?? 0,
  }));
}

/** Config versions of a place, newest first. */
export const listVersions = query({
  name: "listConfigVersions",
  permission: "all:read",
  input: listVersionsInput,
  async run({ db }, { before, limit, ...reference }) {
    const { service, environment } = await findPlace(db, reference);
    const rows = await db.configVersion.findMany({
      where: {
        serviceId: service.id,
        environmentId: environment.id,
        ...(before === undefined ? {} : { number: { lt: before } }),
      },
      orderBy: { number: "desc" },
      take: limit + 1,
    });
    const items = await versionDtosOf(db, rows.slice(0, limit));
    return { items, next: rows.length > limit ? (items.at(-1)?.number ?? null) : null };
  },
});

/** One config version with its variables. */
export const getVersion = query({
  name: "getConfigVersion",
  permission: "all:read",
  input: getVersionInput,
  async run({ db }, { number, ...reference }) {
    const found = await findVersion(db, await findPlace(db, reference), number);
    const [version] = await versionDtosOf(db, [found]);
    if (!version) throw new Error(`${found.id} has no DTO`);
    return { ...version, entries: shownEntries(await entriesOf(db, found.id)) };
  },
});
