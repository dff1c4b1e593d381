import { createClientSource } from "../aws/clients.ts";
import { awsPorts } from "../aws/ports.ts";
import { db } from "../db/client.ts";
import type { Ports } from "../deployments/ports.ts";
import { roleSource } from "../environments/queries/role-source.ts";

// One per process: Next bundles routes and pages apart, and each would open connections of its own.
const shared = globalThis as typeof globalThis & { quarterdeckPorts?: Ports };

/** The ports of the process that answers requests. */
export function processPorts(): Ports {
  shared.quarterdeckPorts ??= awsPorts(createClientSource({}, roleSource(db)));
  return shared.quarterdeckPorts;
}
