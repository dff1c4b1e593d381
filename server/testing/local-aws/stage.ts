import { afterAll, afterEach, beforeAll } from "vitest";
import { createClientSource, type Clients } from "../../aws/clients.ts";
import { awsPorts } from "../../aws/ports.ts";
import { createCluster } from "../../aws/testing/create-service.ts";
import { updateOutside } from "../../aws/testing/outside.ts";
import { openLocks, type Locks } from "../../db/lock.ts";
import type { Environment } from "../../db/generated/client.ts";
import { createDeployment } from "../../deployments/commands/create.ts";
import { adoptDeployment, advanceDeployment } from "../../deployments/jobs.ts";
import type { Ports } from "../../deployments/ports.ts";
import { getDeployment } from "../../deployments/queries/one.ts";
import { isActive } from "../../deployments/rules.ts";
import { observeTargets } from "../../services/jobs.ts";
import type { WorkerContext } from "../../jobs/worker-context.ts";
import { actors, createEnvironment, testContext } from "../factories.ts";
import { until } from "../until.ts";
import { withDatabase } from "../with-database.ts";
import { localScene, type LocalScene, type SceneOptions } from "./scene.ts";
import { localAccount, localRegion, startLocalAws, type LocalAwsProcess } from "./start.ts";

/** How far the engine's time goes on from look to look, in AWS milliseconds: about what a look takes here at 200-fold time. */
const lookAwsMs = 10_000;

type Opened = { aws: LocalAwsProcess; clients: Clients; ports: Ports; locks: Locks; environment: Environment };

/**
 * The real local AWS and a real database for one test file, with the jobs of the worker played by the test: it decides
 * when somebody looks. `scale` is AWS time per real time, of both; for the engine of a deployment time goes on from look
 * to look, however long one takes: on a busy machine an hour of AWS would be over before ECS got round to anything, and
 * a step would be over in the look that began it.
 */
export function localStage(scale: number) {
  const database = withDatabase();
  let open: Opened | undefined;
  beforeAll(async () => {
    const aws = await startLocalAws({ timeScale: scale });
    const source = createClientSource(aws.settings);
    const clients = await source.ofAccount({ accountId: localAccount, region: localRegion });
    const environment = await createEnvironment(database.db, { kind: "production" });
    await createCluster(clients, environment.slug);
    open = { aws, clients, ports: awsPorts(source), locks: openLocks(database.url, 4), environment };
  });
  afterEach(() => open?.aws.clearFaults());
  afterAll(async () => {
    await open?.locks.close();
    await open?.aws.close();
  });
  const opened = (): Opened => {
    if (!open) throw new Error("The stage is opened in beforeAll.");
    return open;
  };

  const context = (): WorkerContext => ({ db: database.db, ports: opened().ports, locks: opened().locks, scale });
  const clocks = new Map<string, number>();
  /** The moment of the next look at a deployment, in epoch ms. */
  const nextMoment = (id: string): number => {
    const before = clocks.get(id);
    const moment = before === undefined ? Date.now() : before + lookAwsMs / scale;
    clocks.set(id, moment);
    return moment;
  };
  const read = (id: string) => getDeployment(testContext(database.db, actors.releaseManager), { deployment: id });

  return {
    scale,
    get db() {
      return database.db;
    },
    get url() {
      return database.url;
    },
    get aws() {
      return opened().aws;
    },
    get clients() {
      return opened().clients;
    },
    get ports() {
      return opened().ports;
    },
    get environment() {
      return opened().environment;
    },
    context,
    read,
    as: (actor: (typeof actors)[keyof typeof actors]) => testContext(database.db, actor, { ports: opened().ports }),
    scene: (options: Pick<SceneOptions, "name"> & Partial<SceneOptions>) =>
      localScene({ db: database.db, ...opened(), ...options }),
    /** A release manager brings a version to a scene. */
    deploy: ({ service, environment }: LocalScene, version = "1.1.0") =>
      createDeployment(testContext(database.db, actors.releaseManager, { ports: opened().ports }), {
        service: service.slug,
        environment: environment.slug,
        version,
        reason: "test",
      }),
    /** One look of the worker at a deployment. */
    async look(id: string) {
      const moment = nextMoment(id);
      for (const run of await database.db.deploymentTarget.findMany({
        where: { deploymentId: id },
        select: { id: true },
      })) {
        await advanceDeployment({ ...context(), now: () => new Date(moment) }, { id: run.id });
      }
      return read(id);
    },
    /**
     * Looks at a deployment until `done`, by default until it has ended; answers it as its page shows it. Fails when it
     * ends before it was `done`.
     */
    async follow(
      id: string,
      done: (deployment: Awaited<ReturnType<typeof read>>) => boolean = ({ status }) => !isActive(status),
    ) {
      const last = await until(
        () => this.look(id),
        (dto) => done(dto) || !isActive(dto.status),
        { everyMs: 20 },
      );
      if (!done(last)) throw new Error(`It ended as ${last.status} before that: ${JSON.stringify(last)}`);
      return last;
    },
    observe: () => observeTargets(context(), {}),
    /** What the worker does when something else runs than it knows. Answers the deployment that was adopted, if any. */
    async adopt({ target }: LocalScene) {
      await adoptDeployment(context(), { targetId: target.id });
      return database.db.deployment.findFirst({
        where: { targets: { some: { targetId: target.id } }, source: "outside" },
        orderBy: { id: "desc" },
      });
    },
    /** `aws ecs update-service`, as somebody does it past the portal. */
    async updateService({ placement }: LocalScene, input: { taskDefinition?: string; desiredCount?: number }) {
      await updateOutside(opened().clients, placement, input);
    },
    /** Writes to one service that changed something, by action. */
    async effects(action: "UpdateService" | "StopServiceDeployment", { placement }: LocalScene) {
      const entries = await opened().aws.journal("ecs", action);
      return entries.filter(
        ({ effect, subject }) => effect === "changed" && subject?.includes(`/${placement.ecsService}`),
      ).length;
    },
  };
}
