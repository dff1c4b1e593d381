import { createService as createEcsService, repository } from "../../aws/testing/create-service.ts";
import type { Clients } from "../../aws/clients.ts";
import type { Db } from "../../db/client.ts";
import type { Environment } from "../../db/generated/client.ts";
import type { Ports, ServiceState } from "../../deployments/ports.ts";
import { createDeployment, createRelease, createService, createTarget } from "../factories.ts";
import { until } from "../until.ts";
import { localRegion } from "./start.ts";

export type SceneOptions = {
  db: Db;
  clients: Clients;
  ports: Ports;
  environment: Environment;
  /** Name of the service, in the portal and in ECS. */
  name: string;
  /** Tags of images that become releases; the first is the one that runs. */
  versions?: string[];
  desiredCount?: number;
  breaker?: boolean;
  targetGroupArn?: string;
};

/** A service on the real local AWS that runs its first release, known to the portal. The cluster is the environment's slug. */
export async function localScene({
  db,
  clients,
  ports,
  environment,
  name,
  versions = ["1.0.0", "1.1.0"],
  desiredCount = 1,
  breaker,
  targetGroupArn,
}: SceneOptions) {
  const ecs = await createEcsService(clients, {
    cluster: environment.slug,
    name,
    desiredCount,
    tag: versions[0] ?? "1.0.0",
    ...(breaker === undefined ? {} : { breaker }),
    ...(targetGroupArn === undefined ? {} : { targetGroupArn }),
  });
  const placement = { ...ecs, environmentId: environment.id };
  // Until its first deployment has completed, ECS has nothing to roll back to.
  const settled = (state: ServiceState) =>
    state.currentRolloutArn === null && state.runningCount === state.desiredCount;
  const { taskDefinitionArn } = await until(() => ports.runtime.describeService(placement), settled, { everyMs: 20 });
  const service = await createService(db, { slug: name });
  const target = await createTarget(db, { service, environment, ...placement, taskDefinitionArn });
  const releases = [];
  for (const version of versions) {
    const digest = (await ports.registry.digest(`${repository}:${version}`, localRegion)) ?? "";
    const artefacts = [{ container: "app", image: repository, tag: version, digest }];
    releases.push(await createRelease(db, { service, version, artefacts }));
  }
  const [first] = releases;
  if (!first) throw new Error("A scene needs a release that runs.");
  await createDeployment(db, { target, release: first, taskDefinitionArn });
  return { service, environment, target, placement, releases, taskDefinitionArn };
}

export type LocalScene = Awaited<ReturnType<typeof localScene>>;
