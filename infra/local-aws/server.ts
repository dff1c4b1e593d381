import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { LocalAwsOptions, ServiceDefinition, World } from "./contract.ts";
import { createImages } from "./services/ecr/images.ts";
import { createRegistry } from "./services/ecr/registry.ts";
import { createLoadBalancing } from "./services/elbv2/index.ts";
import { createGroups } from "./services/logs/groups.ts";
import { createSink } from "./services/logs/sink.ts";
import { service as sts } from "./services/sts/index.ts";
import { createFaults } from "./wire/faults.ts";
import { createHandler } from "./wire/handler.ts";
import { createThrottle } from "./wire/throttle.ts";
import { createCore } from "./world.ts";

export type LocalAws = { url: string; world: World; close(): Promise<void> };

/**
 * Starts local AWS and resolves once the services are back with what they had. `port` 0 takes a free one.
 * Rejects when the port is taken.
 */
export async function createLocalAws(options: LocalAwsOptions): Promise<LocalAws> {
  const services: ServiceDefinition[] = [];
  const { core, close } = createCore(options, services);
  const images = createImages(options, core.store);
  const world: World = {
    ...core,
    elb: createLoadBalancing(core).port,
    logs: createSink(createGroups(core)),
    registry: createRegistry(images),
    secrets: { resolve: (valueFrom) => valueFrom },
    metrics: { put: () => undefined, alarmState: () => undefined },
  };
  services.push(sts);

  let ready = false;
  const faults = createFaults();
  const throttle = createThrottle(core.clock.now);
  const server = createServer(createHandler({ world, services, throttle, faults, ready: () => ready }));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, resolve);
  });
  // A TCP server's address is an object.
  const { port } = server.address() as AddressInfo;
  ready = true;

  return {
    url: `http://${options.host}:${port}`,
    world,
    async close() {
      ready = false;
      const closed = new Promise((resolve) => server.close(resolve));
      await close();
      server.closeAllConnections();
      await closed;
    },
  };
}
