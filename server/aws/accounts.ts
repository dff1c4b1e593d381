import type { Accounts } from "../environments/ports.ts";
import type { ClientSource } from "./clients.ts";
import { discover } from "./discover.ts";
import { probe } from "./probe.ts";

/** AWS accounts as environments see them. Reads only. */
export function awsAccounts(clients: ClientSource): Accounts {
  return {
    identity: (place) => clients.identity(place),
    own: (region) => clients.own(region),
    discover: (place, cluster) => discover(clients, place, cluster),
    probe: (placement, seen) => probe(clients, placement, seen),
  };
}
