import type { Ports } from "../deployments/ports.ts";
import { awsAccounts } from "./accounts.ts";
import { createClientSource, type ClientSource } from "./clients.ts";
import { ecsRuntime } from "./ecs.ts";
import { ecrRegistry } from "./registry.ts";

/** The engine's ports on AWS. One per process: clients and what never changes are remembered in it. */
export function awsPorts(clients: ClientSource = createClientSource()): Ports {
  return { runtime: ecsRuntime(clients), registry: ecrRegistry(clients), accounts: awsAccounts(clients) };
}
