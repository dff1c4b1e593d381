import type { Db, Tx } from "../../db/client.ts";
import { everyContainer, type VariableDto } from "../schema.ts";
import { entriesOf } from "./versions.ts";

/** What a deployment puts into a task definition: the variables, and the containers that the portal ever managed. */
export type RenderedConfig = { number: number; entries: VariableDto[]; containers: string[] };

/** A config version as `server/deployments/render.ts` needs it; null of no version. */
export async function renderedConfig(on: Db | Tx, versionId: string | null): Promise<RenderedConfig | null> {
  if (!versionId) return null;
  const { number, serviceId, environmentId } = await on.configVersion.findUniqueOrThrow({ where: { id: versionId } });
  const named = await on.variable.findMany({
    where: { configVersion: { serviceId, environmentId }, NOT: { container: everyContainer } },
    distinct: ["container"],
    select: { container: true },
  });
  return { number, entries: await entriesOf(on, versionId), containers: named.map((one) => one.container) };
}
