import type { LocalAwsOptions, ServiceDefinition, World } from "./contract.ts";
import { listen } from "./loopback.ts";
import { createCloudWatch } from "./services/cloudwatch/index.ts";
import { createImages } from "./services/ecr/images.ts";
import { createRegistry } from "./services/ecr/registry.ts";
import { service as ecs, startEcs } from "./services/ecs/index.ts";
import { createElbv2 } from "./services/elbv2/index.ts";
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
  const cloudwatch = createCloudWatch(core);
  const elbv2 = createElbv2(core, cloudwatch.port);
  const world: World = {
    ...core,
    elb: elbv2.port,
    logs: createSink(createGroups(core)),
    registry: createRegistry(images),
    secrets: { resolve: (valueFrom) => valueFrom },
    metrics: cloudwatch.port,
  };
  services.push(ecs, cloudwatch.service, elbv2.service, sts);

  let ready = false;
  const faults = createFaults();
  const throttle = createThrottle(core.clock.now);
  const handler = createHandler({ world, services, throttle, faults, ready: () => ready });
  const listening = await listen(options.host, options.port, handler);
  await elbv2.resume();
  startEcs(world);
  ready = true;

  return {
    url: `http://${options.host}:${listening.port}`,
    world,
    async close() {
      ready = false;
      await close();
      await listening.close();
    },
  };
}
