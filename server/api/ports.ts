import { awsPorts } from "../aws/ports.ts";
import type { Ports } from "../deployments/ports.ts";

// One per process: Next bundles routes and pages apart, and each would open connections of its own.
const shared = globalThis as typeof globalThis & { quarterdeckPorts?: Ports };

/** The ports of the process that answers requests. */
export function processPorts(): Ports {
  shared.quarterdeckPorts ??= awsPorts();
  return shared.quarterdeckPorts;
}
