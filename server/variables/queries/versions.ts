import type { Db, Tx } from "../../db/client.ts";
import { AppError } from "../../core/errors.ts";
import type { ConfigVersion, Environment, Service, Target } from "../../db/generated/client.ts";
import { findEnvironment } from "../../environments/queries.ts";
import { findService } from "../../services/queries.ts";
import { looksSecret } from "../secret-looks.ts";
import type { ShownVariableDto, VariableDto } from "../schema.ts";

/** A service in an environment: whose variables are meant. */
export type Place = { service: Service; environment: Environment };

/** Both by id or slug; throws `not_found`. */
export async function findPlace(
  on: Db | Tx,
  { service, environment }: { service: string; environment: string },
): Promise<Place> {
  return { service: await findService(on, service), environment: await findEnvironment(on, environment) };
}

const here = ({ service, environment }: Place) => ({ serviceId: service.id, environmentId: environment.id });

/** The target of a place where its secrets and its task definition are looked up: the first of its first wave. */
export function firstTarget(on: Db | Tx, place: Place): Promise<Target | null> {
  return on.target.findFirst({ where: here(place), orderBy: [{ wave: "asc" }, { id: "asc" }] });
}

/** The newest config version, or null before the first. */
export function newestVersion(on: Db | Tx, place: Place): Promise<ConfigVersion | null> {
  return on.configVersion.findFirst({ where: here(place), orderBy: { number: "desc" } });
}

/** One config version by its number; throws `not_found`, also for a number of another place. */
export async function findVersion(on: Db | Tx, place: Place, number: number): Promise<ConfigVersion> {
  const found = await on.configVersion.findFirst({ where: { ...here(place), number } });
  if (found) return found;
  const message = `${place.service.slug} has no version ${number} of its variables in ${place.environment.slug}.`;
  throw new AppError("not_found", message, { reason: "config_version_not_found" });
}

/** The variables of a config version, by name; none of no version. */
export async function entriesOf(on: Db | Tx, versionId: string | null | undefined): Promise<VariableDto[]> {
  if (!versionId) return [];
  return on.variable.findMany({
    where: { configVersionId: versionId },
    select: { container: true, name: true, value: true, secret: true, secretKey: true, secretVersion: true },
    orderBy: [{ name: "asc" }, { container: "asc" }],
  });
}

/** Variables as pages show them. */
export function shownEntries(entries: VariableDto[]): ShownVariableDto[] {
  return entries.map((one) => ({ ...one, sensitive: one.value !== null && looksSecret(one.name, one.value) }));
}
