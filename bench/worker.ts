import { Logger, run } from "graphile-worker";
import pg from "pg";
import { createDatabase } from "#server/db/create-database.ts";
import { openDb } from "#server/db/client.ts";
import { openLocks } from "#server/db/lock.ts";
import { migrateUp } from "#server/db/migrate.ts";
import { createDeployment } from "#server/deployments/commands/create.ts";
import { migrateJobQueue } from "#server/jobs/migrate-queue.ts";
import { enqueue } from "#server/jobs/queue.ts";
import { crontab, taskNames, tasks, type TaskName } from "#server/jobs/tasks.ts";
import {
  actors,
  createDeployment as createRunning,
  createEnvironment,
  createRelease,
  createService,
  createTarget,
  createTeam,
  fakeDigest,
  testContext,
} from "#server/testing/factories.ts";
import { createFakeRuntime } from "#server/testing/fake-runtime.ts";
import { countedRuntime } from "./counted-runtime.ts";
import { loadDatabase } from "./database.ts";
import { ms, percentile, printTable, verdict } from "./figures.ts";

const services = 500;
const inFlight = 50;
const seconds = 90;

/** ECS allows so many a second of each (request throttling); a tenth of it is ours. */
const quotaPerSecond = 20;
const lateMs = 2_000;

/** One worker with 500 services and 50 deployments under way, at AWS's own pace: calls by quota, and how late steps were looked at. */
export async function worker(): Promise<void> {
  const database = await loadDatabase();
  const url = new URL(database.url);
  url.pathname = `/worker_${Date.now()}`;
  await createDatabase(database.url, url.pathname.slice(1));
  await migrateUp(url.href);
  await migrateJobQueue(url.href);
  const db = openDb(url.href, 10);
  const fake = createFakeRuntime({ now: () => new Date() });
  const { ports, calls } = countedRuntime(fake.ports);
  const locks = openLocks(url.href, 16);
  try {
    const environment = await createEnvironment(db, { kind: "production" });
    const team = await createTeam(db);
    for (let number = 0; number < services; number += 1) {
      const service = await createService(db, { teamId: team.id });
      const place = {
        environmentId: environment.id,
        accountId: "000000000000",
        region: "us-east-1",
        cluster: "bench",
        ecsService: service.slug,
      };
      const image = (version: string) =>
        `000000000000.dkr.ecr.us-east-1.amazonaws.com/${service.slug}@${fakeDigest(version)}`;
      const definition = {
        family: service.slug,
        containerDefinitions: [{ name: service.slug, image: image("1.0.0") }],
      };
      const taskDefinitionArn = fake.addService(place, { definition, desiredCount: 2, runningCount: 2 });
      const target = await createTarget(db, { service, environment, ...place, taskDefinitionArn });
      await createRunning(db, {
        target,
        release: await createRelease(db, { service, version: "1.0.0" }),
        taskDefinitionArn,
      });
      if (number >= inFlight) continue;
      await createRelease(db, { service, version: "1.1.0" });
      fake.setImage(image("1.1.0"), fakeDigest("1.1.0"));
      fake.script(
        place,
        Array.from({ length: 200 }, () => ({ status: "in_progress", lifecycleStage: "SCALE_UP", running: 1 })),
      );
      const input = { service: service.slug, environment: environment.slug, version: "1.1.0", reason: "bench" };
      await createDeployment(testContext(db, actors.admin, { ports }), input);
    }
    const late: number[] = [];
    const wrap =
      (name: TaskName) =>
      async (payload: unknown, { job }: { job: { run_at: Date } }) => {
        // From when the first looks are over, which all are due at once.
        if (name === "deployment:advance" && performance.now() - startedAt > 20_000)
          late.push(Date.now() - job.run_at.getTime());
        await tasks[name]({ db, ports, locks, scale: 1 }, payload);
      };
    const startedAt = performance.now();
    const taskList = Object.fromEntries(
      taskNames.filter((name) => name !== "audit:seal").map((name) => [name, wrap(name)]),
    );
    const kept = crontab
      .split("\n")
      .filter((line) => !line.includes("audit:seal"))
      .join("\n");
    const runner = await run({
      connectionString: url.href,
      concurrency: 16,
      maxPoolSize: 16,
      pollInterval: 1_000,
      noHandleSignals: true,
      taskList,
      crontab: kept,
      logger: new Logger(() => () => {}),
    });
    await enqueue(db, "targets:observe", {}, { key: "start" });
    await new Promise((resolve) => setTimeout(resolve, 20_000));
    const before = { ...calls };
    await new Promise((resolve) => setTimeout(resolve, (seconds - 20) * 1_000));
    const rows = (Object.keys(calls) as (keyof typeof calls)[]).map((quota) => {
      const share = (calls[quota] - before[quota]) / (seconds - 20) / quotaPerSecond;
      return { quota, "share of quota": `${(share * 100).toFixed(1)} %`, "at most 10 %": verdict(share <= 0.1) };
    });
    await runner.stop();
    printTable(`${services} services and ${inFlight} deployments under way on one worker, ${seconds - 20} s`, rows);
    const most = Math.max(...late);
    printTable("How late steps were looked at", [
      {
        looks: late.length,
        median: ms(percentile(late, 0.5)),
        p95: ms(percentile(late, 0.95)),
        most: ms(most),
        [`within ${lateMs} ms`]: verdict(most <= lateMs),
      },
    ]);
  } finally {
    await locks.close();
    await db.$disconnect();
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query(`drop database ${url.pathname.slice(1)} with (force)`);
    await client.end();
    await database.close();
  }
}
