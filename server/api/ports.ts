import { createClientSource } from "../aws/clients.ts";
import { awsPorts } from "../aws/ports.ts";
import { oncePerProcess } from "../core/once-per-process.ts";
import { db } from "../db/client.ts";
import type { Ports } from "../deployments/ports.ts";
import { roleSource } from "../environments/queries/role-source.ts";

/** The ports of the process that answers requests. */
export function processPorts(): Ports {
  return oncePerProcess("ports", () => awsPorts(createClientSource({}, roleSource(db))));
}
