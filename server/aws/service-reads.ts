import type { Placement, ServiceState } from "../deployments/ports.ts";
import type { ClientSource } from "./clients.ts";
import { missingItem } from "./failure.ts";
import { gather } from "./gather.ts";
import { askForServices, describeServicesOperation, placeName, servicesBatch, toServiceState } from "./services.ts";

/** Answers one service; fails with `not_found` when ECS does not know it. What is asked for at once is one call. */
export function serviceReads(clients: ClientSource): (placement: Placement) => Promise<ServiceState> {
  const read = gather<ServiceState>({
    most: servicesBatch,
    async read(place, names) {
      const { services = [], failures = [] } = await askForServices(clients, place, [...names]);
      return (name) => {
        const found = services.find((one) => one.serviceName === name);
        if (found) return toServiceState(found);
        const resource = placeName({ ...place, ecsService: name });
        return missingItem(
          { operation: describeServicesOperation, resource },
          failures.find((one) => one.arn?.endsWith(`/${name}`)),
        );
      };
    },
  });
  return (placement) => read(placement, placement.ecsService);
}
