import type { LocalAwsOptions, ServiceDefinition, World } from "./contract.ts";
import { listen } from "./loopback.ts";
import type { Listening } from "./loopback.ts";
import { createCloudWatch } from "./services/cloudwatch/index.ts";
import { createSecretResolver } from "./services/container-secrets.ts";
import { createEcr } from "./services/ecr/index.ts";
import { service as ecs, startEcs } from "./services/ecs/index.ts";
import { createElbv2 } from "./services/elbv2/index.ts";
import { createLogs } from "./services/logs/index.ts";
import { secretsManager } from "./services/secretsmanager/index.ts";
import { createSecrets } from "./services/secretsmanager/secrets.ts";
import { systemsManager } from "./services/ssm/index.ts";
import { createParameters } from "./services/ssm/parameters.ts";
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
  const ecr = createEcr(core);
  const cloudwatch = createCloudWatch(core);
  const logs = createLogs(core);
  const elbv2 = createElbv2(core, cloudwatch.port);
  const secrets = createSecrets(core);
  const parameters = createParameters(core);
  const world: World = {
    ...core,
    elb: elbv2.port,
    logs: logs.sink,
    registry: ecr.registry,
    secrets: createSecretResolver(secrets, parameters),
    metrics: cloudwatch.port,
  };
  services.push(ecs, elbv2.service, cloudwatch.service, logs.service, ecr.service, sts);
  services.push(secretsManager(secrets), systemsManager(parameters));

  let ready = false;
  const faults = createFaults();
  const throttle = createThrottle(core.clock.now);
  const handler = createHandler({ world, services, throttle, faults, ready: () => ready });
  let listening: Listening;
  try {
    // The port first: a second local AWS must not start the same tasks again before it notices the first.
    listening = await listen(options.host, options.port, handler);
    await elbv2.resume();
    startEcs(world);
  } catch (error) {
    await close();
    throw error;
  }
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
