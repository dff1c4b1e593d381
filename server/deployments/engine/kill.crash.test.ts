import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createClientSource, type Clients } from "../../aws/clients.ts";
import { awsPorts } from "../../aws/ports.ts";
import { createCluster } from "../../aws/testing/create-service.ts";
import type { Environment } from "../../db/generated/client.ts";
import { work } from "../../testing/crash/worker.ts";
import { actors, createEnvironment, testContext } from "../../testing/factories.ts";
import { localScene } from "../../testing/local-aws/scene.ts";
import { localAccount, localRegion, startLocalAws, type LocalAwsProcess } from "../../testing/local-aws/start.ts";
import { withDatabase } from "../../testing/with-database.ts";
import { createDeployment } from "../commands/create.ts";
import { rollbackDeployment } from "../commands/rollback.ts";
import type { Ports } from "../ports.ts";
import { isActive } from "../rules.ts";

/** Tasks come and go at once. */
const ecsScale = 1_000;
const scale = 60;

/**
 * Seconds of AWS that pass for the engine with each look. Its clock is not the wall's: on a busy machine the hour that
 * a rollout is given would pass while workers die, and the deployment rightly end as too late.
 */
const lookSeconds = 10;

/**
 * What tells two points apart. Normally the place in the code, the step and what is asked, so that each place is died
 * at in each step once. With `CRASH_POINTS=all` also what is durable: each execution of a place. That takes minutes.
 */
const state = process.env.CRASH_POINTS === "all" ? "row_version, step, status, request" : "step, request";

/** More rounds than the longest chain of awaits that a durable change leaves to be done once. */
const mostRounds = 15;

const database = withDatabase();
let aws: LocalAwsProcess;
let clients: Clients;
let ports: Ports;
let overseer: pg.Pool;
let environment: Environment;

beforeAll(async () => {
  aws = await startLocalAws({ timeScale: ecsScale });
  const source = createClientSource(aws.settings);
  clients = await source.ofAccount({ accountId: localAccount, region: localRegion });
  ports = awsPorts(source);
  overseer = new pg.Pool({ connectionString: database.url, max: 5 });
  environment = await createEnvironment(database.db, { kind: "production" });
  await createCluster(clients, environment.slug);
});
afterAll(async () => {
  await overseer.end();
  await aws.close();
});

type Path = {
  title: string;
  version: string;
  breaker: boolean;
  /** When a person asks for it back. */
  undoAt: ((run: { step: string; rolloutArn: string | null }) => boolean) | null;
  /** What is right in the end, with the effects on ECS. */
  outcome: {
    status: string;
    cause: string | null;
    runs: string;
    steps: string[];
    changes: number;
    effects: Record<string, number>;
  };
};

const paths: Path[] = [
  {
    title: "a deployment that succeeds",
    version: "1.1.0",
    breaker: true,
    undoAt: null,
    outcome: {
      status: "succeeded",
      cause: null,
      runs: "1.1.0",
      steps: ["gates done", "rollout done", "verify done", "finish done"],
      changes: 1,
      effects: { RegisterTaskDefinition: 1, UpdateService: 1, StopServiceDeployment: 0 },
    },
  },
  {
    title: "a rollout that a person stops",
    version: "1.2.0-crash",
    breaker: false,
    undoAt: ({ rolloutArn }) => rolloutArn !== null,
    outcome: {
      status: "rolled_back",
      cause: "stopped_by_person",
      runs: "1.0.0",
      steps: ["gates done", "rollout failed", "verify skipped", "finish skipped"],
      changes: 2,
      effects: { RegisterTaskDefinition: 1, UpdateService: 1, StopServiceDeployment: 1 },
    },
  },
  {
    title: "a deployment that is undone after its rollout",
    version: "1.1.0",
    breaker: true,
    undoAt: ({ step }) => step === "verify",
    outcome: {
      status: "rolled_back",
      cause: "stopped_by_person",
      runs: "1.0.0",
      steps: ["gates done", "rollout done", "verify failed", "finish skipped", "rollback done"],
      changes: 2,
      effects: { RegisterTaskDefinition: 2, UpdateService: 2, StopServiceDeployment: 0 },
    },
  },
];

let scenes = 0;

/** Points at which a worker died, on any path: the paths begin alike. */
const died = new Set<string>();

/** Brings one deployment along a path; a worker dies wherever `diesAt` says, and the next one takes over. */
async function carryOut(path: Path, diesAt: (point: string) => boolean): Promise<Path["outcome"]> {
  const { db, url } = database;
  const name = `app-${(scenes += 1)}`;
  const { version, breaker } = path;
  const scene = await localScene({ db, clients, ports, environment, name, versions: ["1.0.0", version], breaker });
  const ctx = testContext(db, actors.releaseManager, { ports });
  const { id } = await createDeployment(ctx, { service: name, environment: environment.slug, version, reason: "test" });
  const { id: runId } = await db.deploymentTarget.findFirstOrThrow({ where: { deploymentId: id } });
  const read = () => db.deploymentTarget.findUniqueOrThrow({ where: { id: runId } });
  const beforeJob = async () => {
    const run = await read();
    if (run.request === null && isActive(run.status) && path.undoAt?.(run)) {
      await rollbackDeployment(ctx, { deployment: id, reason: "test" });
    }
  };
  /** A point is a place in the code and the state in which it is reached. */
  const pointAt = async (place: string) => {
    const { rows } = await overseer.query<{ state: string }>(
      `select concat_ws(' ', ${state}) as state from deployment_targets where id = $1`,
      [runId],
    );
    return `${rows[0]?.state} ${place}`;
  };
  const isOver = async () => !isActive((await read()).status);
  let time = Date.now();
  const clock = { now: () => new Date(time), goOn: () => void (time += (lookSeconds * 1_000) / scale) };
  const life = {
    url,
    ports,
    scale,
    overseer,
    runId,
    clock,
    isOver,
    beforeJob,
    diesAt: async (place: string) => diesAt(await pointAt(place)),
  };
  let hasDied = true;
  while (hasDied) hasDied = await work(life);

  const deployment = await db.deployment.findUniqueOrThrow({ where: { id } });
  const steps = await db.step.findMany({ where: { deploymentTargetId: runId }, orderBy: { position: "asc" } });
  const target = await db.target.findUniqueOrThrow({ where: { id: scene.target.id }, include: { release: true } });
  return {
    status: deployment.status,
    cause: (deployment.cause as { kind: string } | null)?.kind ?? null,
    runs: target.release?.version ?? "nothing",
    steps: steps.map((step) => `${step.name} ${step.status}`),
    changes: await db.change.count({ where: { subjectId: id } }),
    effects: await effectsOn(name),
  };
}

/** What was changed of one service since it was created, by local AWS's journal. */
async function effectsOn(name: string): Promise<Record<string, number>> {
  const count = async (action: string, part: string) =>
    (await aws.journal("ecs", action)).filter(({ effect, subject }) => effect === "changed" && subject?.includes(part))
      .length;
  return {
    // The scene itself registered one.
    RegisterTaskDefinition: (await count("RegisterTaskDefinition", `/${name}-${environment.slug}:`)) - 1,
    UpdateService: (await aws.journal("ecs", "UpdateService")).filter(
      ({ effect, subject }) => effect === "changed" && subject?.endsWith(`/${name}`),
    ).length,
    StopServiceDeployment: await count("StopServiceDeployment", `/${name}/`),
  };
}

describe.each(paths)("$title", (path) => {
  const points = new Set<string>();

  test("ends as expected when nothing happens to its worker", async () => {
    const outcome = await carryOut(path, (point) => !points.add(point));
    expect(outcome).toEqual(path.outcome);
    expect(points.size).toBeGreaterThan(50);
  });

  test("ends the same when its worker dies at every await", async () => {
    // A worker that dies right after a durable change leaves the awaits behind it undone, for ever: the next worker
    // goes on from what is durable. Those are died at in the next deployment, which lives past the ones before.
    const alive = () => [...points].filter((point) => !died.has(point));
    for (let round = 0; round < mostRounds && alive().length > 0; round += 1) {
      const outcome = await carryOut(path, (point) => !died.has(point) && died.add(point).size > 0);
      expect(outcome, `in round ${round + 1}`).toEqual(path.outcome);
    }
    expect(alive()).toEqual([]);
  });
});
