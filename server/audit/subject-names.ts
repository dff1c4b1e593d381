import { roleInWords } from "../core/permissions.ts";
import type { Db, Tx } from "../db/client.ts";

type Subject = { kind: string; id: string };
type Named = { id: string; name: string };
type Look = (on: Db | Tx, ids: string[]) => Promise<Named[]>;

const nameOnly = { id: true, name: true } as const;
const placed = { service: { select: { slug: true } }, environment: { select: { slug: true } } } as const;

/** Where the name of each kind of subject is kept. Kinds that are not here are shown by their id. */
const looks: Record<string, Look> = {
  user: (on, ids) => on.user.findMany({ where: { id: { in: ids } }, select: nameOnly }),
  token: (on, ids) => on.apiToken.findMany({ where: { id: { in: ids } }, select: nameOnly }),
  team: (on, ids) => on.team.findMany({ where: { id: { in: ids } }, select: nameOnly }),
  async elevation(on, ids) {
    const rows = await on.elevation.findMany({
      where: { id: { in: ids } },
      include: { grant: true, user: { select: nameOnly } },
    });
    return rows.map(({ id, grant, user }) => ({ id, name: `${user.name} as ${roleInWords(grant.role)}` }));
  },
  service: (on, ids) => on.service.findMany({ where: { id: { in: ids } }, select: nameOnly }),
  environment: (on, ids) => on.environment.findMany({ where: { id: { in: ids } }, select: nameOnly }),
  async release(on, ids) {
    const rows = await on.release.findMany({
      where: { id: { in: ids } },
      select: { id: true, version: true, service: { select: { slug: true } } },
    });
    return rows.map((row) => ({ id: row.id, name: `${row.service.slug} ${row.version}` }));
  },
  async deployment(on, ids) {
    const rows = await on.deployment.findMany({
      where: { id: { in: ids } },
      select: { id: true, ...placed, release: { select: { version: true } } },
    });
    return rows.map((row) => ({
      id: row.id,
      name: `${row.service.slug} ${row.release.version} → ${row.environment.slug}`,
    }));
  },
  async config_version(on, ids) {
    const rows = await on.configVersion.findMany({
      where: { id: { in: ids } },
      select: { id: true, number: true, ...placed },
    });
    return rows.map((row) => ({ id: row.id, name: `${row.number} of ${row.service.slug} in ${row.environment.slug}` }));
  },
  async lock(on, ids) {
    const rows = await on.lock.findMany({ where: { id: { in: ids } }, select: { id: true, ...placed } });
    return rows.map(({ id, service, environment }) => ({
      id,
      name: `${service?.slug ?? "everything"} ${environment ? `in ${environment.slug}` : "everywhere"}`,
    }));
  },
  async target(on, ids) {
    const rows = await on.target.findMany({ where: { id: { in: ids } }, select: { id: true, ...placed } });
    return rows.map((row) => ({ id: row.id, name: `${row.service.slug} in ${row.environment.slug}` }));
  },
};

/** Present names of what entries are about, one query per kind; `null` where there is none. */
export async function subjectNames(
  on: Db | Tx,
  subjects: Subject[],
): Promise<(kind: string, id: string) => string | null> {
  const idsByKind = new Map<string, Set<string>>();
  for (const { kind, id } of subjects) idsByKind.set(kind, (idsByKind.get(kind) ?? new Set()).add(id));
  const names = new Map<string, string>();
  for (const [kind, ids] of idsByKind) {
    for (const { id, name } of (await looks[kind]?.(on, [...ids])) ?? []) names.set(`${kind}:${id}`, name);
  }
  return (kind, id) => names.get(`${kind}:${id}`) ?? null;
}
