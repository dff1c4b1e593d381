import type { Db } from "../../db/client.ts";
import type { Samples } from "./reads.ts";

/** From which table the cursor of a list is: its ids lead on. */
const cursorTables: Record<string, string> = {
  listDeployments: "deployments",
  listReleases: "releases",
  listChanges: "changes",
  listAudit: "audit_entries",
  listUsers: "users",
  listTokens: "api_tokens",
  listLocks: "locks",
  listElevations: "elevations",
};

/** An id from the middle of a table, found by its time, as a page deep in a list ends with one. */
async function middleOf(db: Db, table: string): Promise<string> {
  const [row] = await db.$queryRawUnsafe<{ id: string | null }[]>(
    `select coalesce((select id from ${table} offset (select count(*) / 2 from ${table}) limit 1), 'none') as id`,
  );
  return row?.id ?? "none";
}

/** Samples for every read, taken from what the load seed made; deep in each list. */
export async function loadSamples(db: Db): Promise<(operation: string) => Samples> {
  const cursors = Object.fromEntries(
    await Promise.all(
      Object.entries(cursorTables).map(async ([operation, table]) => [operation, await middleOf(db, table)]),
    ),
  ) as Record<string, string>;
  const deployment = cursors.listDeployments ?? "";
  const release = await db.release.findFirstOrThrow({
    where: { id: cursors.listReleases ?? "" },
    include: { service: true },
  });
  const user = await db.user.findFirstOrThrow({ where: { email: "admin@load.example" } });
  const month = 30 * 86_400_000;
  const shared: Samples = {
    service: release.service.slug,
    environment: "production",
    deployment,
    release: release.id,
    version: release.version,
    user: user.id,
    actor: user.id,
    subject: deployment,
    search: "person",
    configVersion: 1,
    toTeam: "shop",
    token: "tok_none",
    with: "staging",
    before: 3,
    action: "deployment",
    number: 2,
    from: new Date(Date.now() - 3 * month).toISOString(),
    to: new Date(Date.now() - 2 * month).toISOString(),
  };
  const own: Record<string, Samples> = {
    diffVersions: { from: 1, to: 2 },
    listServices: { search: "service 1", cursor: "service-100", team: "shop" },
  };
  return (operation) => ({ ...shared, cursor: cursors[operation] ?? "none", ...own[operation] });
}
