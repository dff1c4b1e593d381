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

/** Tasks come and go at once; the engine's own hour passes in a minute, so that no death makes it too late. */
const ecsScale = 1_000;
const scale = 60;

/** Deployments under way at once, when each has one death. */
const sideBySide = 8;

/**
 * Points at which a deployment of its own dies and is finished, per path. Every point is died at in each run, one after
 * the other in one deployment; alone they take minutes: `CRASH_POINTS=all`, else as many as said, another share each day.
 */
const share = process.env.CRASH_POINTS ?? "10";
const day = Math.floor(Date.now() / 86_400_000);

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
  outcome: { status: string; cause: string | null; runs: string; steps: string[]; changes: number; effects: Record<string, number> };
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

/** The place in the code of a point, without what was durable there. */
const placeOf = (point: string): string => point.slice(point.lastIndexOf(" ") + 1);

/** Points at which a worker of an earlier path died already: the paths begin alike. */
const covered = new Set<string>();

/** Brings one deployment along a path; a worker dies wherever `diesAt` says, and the next one takes over. */
async function carryOut(path: Path, diesAt: (point: string) => boolean): Promise<{ deaths: number; outcome: Path["outcome"] }> {
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
  /** A point is a place in the code and what is durable when it is reached. */
  const pointAt = async (place: string) => {
    const { rows } = await overseer.query<{ state: string }>(
      "select concat_ws(' ', row_version, step, status, request) as state from deployment_targets where id = $1",
      [runId],
    );
    return `${rows[0]?.state} ${place}`;
  };
  const isOver = async () => !isActive((await read()).status);
  let deaths = 0;
  const life = { url, ports, scale, overseer, runId, isOver, beforeJob, diesAt: async (place: string) => diesAt(await pointAt(place)) };
  while (await work(life)) deaths += 1;

  const deployment = await db.deployment.findUniqueOrThrow({ where: { id } });
  const steps = await db.step.findMany({ where: { deploymentTargetId: runId }, orderBy: { position: "asc" } });
  const target = await db.target.findUniqueOrThrow({ where: { id: scene.target.id }, include: { release: true } });
  const outcome = {
    status: deployment.status,
    cause: (deployment.cause as { kind: string } | null)?.kind ?? null,
    runs: target.release?.version ?? "nothing",
    steps: steps.map((step) => `${step.name} ${step.status}`),
    changes: await db.change.count({ where: { subjectId: id } }),
    effects: await effectsOn(name),
  };
  return { deaths, outcome };
}

/** What was changed of one service since it was created, by local AWS's journal. */
async function effectsOn(name: string): Promise<Record<string, number>> {
  const count = async (action: string, part: string) =>
    (await aws.journal("ecs", action)).filter(({ effect, subject }) => effect === "changed" && subject?.includes(part)).length;
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
    const { outcome } = await carryOut(path, (point) => !points.add(point));
    expect(outcome).toEqual(path.outcome);
    expect(points.size).toBeGreaterThan(100);
  });

  test("ends the same when its worker dies at every await, again and again", async () => {
    const { deaths, outcome } = await carryOut(path, (point) => !covered.has(point) && covered.add(point).size > 0);
    expect(outcome).toEqual(path.outcome);
    expect(deaths).toBeGreaterThan(25);
    // What is durable at a place depends on what ECS happened to be doing; that each place was died at does not.
    const died = new Set([...covered].map(placeOf));
    expect([...new Set([...points].map(placeOf))].filter((place) => !died.has(place))).toEqual([]);
  });

  test(`ends the same when its worker dies once (${share} of the awaits, each in a deployment of its own)`, async () => {
    const all = [...points];
    const step = share === "all" ? 1 : Math.max(1, Math.ceil(all.length / Number(share)));
    const waiting = all.filter((_, index) => (index + day) % step === 0);
    let reached = 0;
    const wrong: { point: string; outcome: unknown }[] = [];
    const lane = async () => {
      for (let point = waiting.shift(); point !== undefined; point = waiting.shift()) {
        const here = point;
        let isDue = true;
        const { deaths, outcome } = await carryOut(path, (seen) => isDue && seen === here && !(isDue = false));
        reached += deaths;
        if (JSON.stringify(outcome) !== JSON.stringify(path.outcome)) wrong.push({ point, outcome });
      }
    };
    await Promise.all(Array.from({ length: sideBySide }, lane));
    expect(wrong).toEqual([]);
    expect(reached).toBeGreaterThan(0);
  });
});
