import type { Db } from "../db/client.ts";
import { advance } from "../deployments/engine/advance.ts";
import type { Placement, TaskDefinition } from "../deployments/ports.ts";
import { isActive } from "../deployments/rules.ts";
import type { actors } from "./factories.ts";
import {
  createDeployment as createDeploymentRow,
  createEnvironment,
  createRelease,
  createService,
  createTarget,
  fakeDigest,
  testContext,
} from "./factories.ts";
import { createFakeRuntime } from "./fake-runtime.ts";

const registry = "000000000000.dkr.ecr.us-east-1.amazonaws.com";

/** Looks that a deployment may take; more would be a loop. */
const mostLooks = 400;

/**
 * A service in production that runs 1.0.0 and has 1.1.0 built, on a tiny ECS in memory and with a clock of its own.
 * `finish` plays the worker: it moves a deployment on until it has ended.
 */
export async function deploymentScene(db: Db, options: { known?: boolean } = {}) {
  let time = Date.now();
  const now = () => new Date(time);
  const fake = createFakeRuntime({ now });
  const service = await createService(db);
  const environment = await createEnvironment(db, { kind: "production" });
  const image = (version: string) => `${registry}/${service.slug}@${fakeDigest(version)}`;
  const definition: TaskDefinition = {
    family: `${service.slug}-${environment.slug}`,
    containerDefinitions: [
      { name: service.slug, image: image("1.0.0"), environment: [{ name: "MODE", value: "live" }] },
    ],
  };
  const placement: Placement = {
    environmentId: environment.id,
    accountId: "000000000000",
    region: "us-east-1",
    cluster: environment.slug,
    ecsService: service.slug,
  };
  const runningArn = fake.addService(placement, { definition, desiredCount: 2, runningCount: 2, alarmNames: [] });
  const target = await createTarget(db, { service, environment, ...placement, taskDefinitionArn: runningArn });
  const first = await createRelease(db, { service, version: "1.0.0" });
  const second = await createRelease(db, { service, version: "1.1.0" });
  for (const version of ["1.0.0", "1.1.0"]) fake.setImage(image(version), fakeDigest(version));
  const seeded =
    options.known === false
      ? null
      : await createDeploymentRow(db, { target, release: first, taskDefinitionArn: runningArn });

  /** Moves the only run of a deployment on; a look that throws is a worker that died, and the next one takes over. */
  async function finish(deploymentId: string, onDeath: (error: unknown) => void = () => undefined): Promise<number> {
    const run = await db.deploymentTarget.findFirstOrThrow({ where: { deploymentId } });
    for (let look = 1; look <= mostLooks; look += 1) {
      try {
        const next = await advance({ db, ports: fake.ports, scale: 1, now }, run.id);
        time = next ? Math.max(time + 1, next.atMs) : time;
      } catch (error) {
        onDeath(error);
      }
      const { status } = await db.deploymentTarget.findUniqueOrThrow({ where: { id: run.id } });
      if (!isActive(status)) return look;
    }
    throw new Error(`the deployment did not end within ${mostLooks} looks`);
  }

  return {
    db,
    fake,
    service,
    environment,
    target,
    placement,
    runningArn,
    first,
    second,
    seeded,
    finish,
    now,
    wait: (ms: number) => void (time += ms),
    as: (actor: (typeof actors)[keyof typeof actors]) => testContext(db, actor, { ports: fake.ports, now }),
  };
}

export type DeploymentScene = Awaited<ReturnType<typeof deploymentScene>>;
