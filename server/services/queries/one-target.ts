import { notFound } from "../../core/errors.ts";
import type { Db, Tx } from "../../db/client.ts";
import type { Environment, Service, Target } from "../../db/generated/client.ts";
import { findService } from "../queries.ts";

/** A target of a service; throws `not_found`, also for the target of another service. */
export async function findTarget(
  on: Db | Tx,
  { service: reference, target: id }: { service: string; target: string },
): Promise<Target & { service: Service; environment: Environment }> {
  const service = await findService(on, reference);
  const found = await on.target.findFirst({
    where: { id, serviceId: service.id },
    include: { service: true, environment: true },
  });
  if (!found) throw notFound("target", id);
  return found;
}
