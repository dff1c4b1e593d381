import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDatabase } from "#server/db/create-database.ts";
import { until } from "#server/testing/until.ts";
import { openField, type Field } from "../drill/field.ts";
import { startCluster } from "../postgres/cluster.ts";
import type { Cluster } from "../postgres/cluster.ts";
import { stopPostmaster } from "../postgres/stop.ts";
import { isAlive } from "../process/identity.ts";
import { readRunRecord } from "../process/run-record.ts";
import { startProduct, SUPERVISOR } from "../test/product.ts";
import type { Product } from "../test/product.ts";

/** An hour of AWS passes in a minute; faster than this, a busy machine is too slow for ECS's health checks. */
const TIME_SCALE = "60";
const HOUR_MS = (60 * 60_000) / Number(TIME_SCALE);
const place = { service: "qkart-storefront", environment: "development" } as const;
const patient = { withinMs: 120_000, everyMs: 250 };

const dataDir = mkdtempSync(path.join(tmpdir(), "quarterdeck-gone-"));
let cluster: Cluster;
let product: Product;
let field: Field;

const startPostgres = () =>
  startCluster({ folder: path.join(dataDir, "cluster"), logFile: path.join(dataDir, "postgres.log"), durable: true });

beforeAll(async () => {
  cluster = await startPostgres();
  await createDatabase(cluster.url("postgres"), "quarterdeck");
  const env = { LOCAL_AWS_TIME_SCALE: TIME_SCALE, DATABASE_URL: cluster.url("quarterdeck") };
  product = await startProduct({ dataDir, command: SUPERVISOR, env });
  field = await openField(product, dataDir, env);
  // The demo shop has its data in the same PostgreSQL: its alarms would rightly undo what is rolled out meanwhile.
  const alarms = { alarmNames: [], enable: false, rollback: false };
  const where = { cluster: `qkart-${place.environment}`, service: place.service };
  await field.ecs.send(new UpdateServiceCommand({ ...where, deploymentConfiguration: { alarms } }));
});
afterAll(async () => {
  await field.close();
  await product.stop();
  await stopPostmaster(cluster.identity);
  rmSync(dataDir, { recursive: true, force: true });
});

const worker = () => readRunRecord(path.join(dataDir, "run", "processes.json"))?.groups.worker;
const ready = async () => {
  const answer = await fetch(`${product.url}/ready`);
  return { status: answer.status, body: (await answer.json()) as { database: { state: string } } };
};

/** Reads live events until the stream ends; answers how many there were, and connects again as browsers do. */
function follow(token: string) {
  const seen: string[] = [];
  const stop = new AbortController();
  const loop = (async () => {
    while (!stop.signal.aborted) {
      try {
        const answer = await fetch(`${product.url}/api/events`, {
          headers: { authorization: `Bearer ${token}` },
          signal: stop.signal,
        });
        if (!answer.ok || !answer.body) throw new Error(`status ${answer.status}`);
        for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) seen.push(chunk);
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  })();
  return { seen, stop: () => (stop.abort(), loop) };
}

const isRollingOut = (id: string) =>
  until(
    () => field.patiently(() => field.api.deployments.get({ deployment: id })),
    ({ targets, finishedAt }) =>
      finishedAt !== null || targets[0]?.steps.some(({ rollout }) => rollout !== null) === true,
    patient,
  );

const ended = (id: string) =>
  until(
    () => field.patiently(() => field.api.deployments.get({ deployment: id })),
    ({ finishedAt }) => finishedAt !== null,
    patient,
  );

test.each([
  ["for an hour of AWS, while a release is rolled out", "1.3.0", HOUR_MS, "succeeded"],
  ["for a moment, while a release fails", "2.0.0-crash", 3_000, "rolled_back"],
] as const)(
  "the database goes away %s: nothing is lost, and all comes back by itself",
  async (_title, version, awayMs, status) => {
    const image = `000000000000.dkr.ecr.us-east-1.amazonaws.com/${place.service}:${version}`;
    await field.api.releases.create({ service: place.service, version, image });
    const live = follow(field.token);
    const { id } = await field.api.deployments.create({ ...place, version, reason: "The database will go away" });
    await isRollingOut(id);

    await stopPostmaster(cluster.identity);
    const gone = await ready();
    expect(gone).toMatchObject({ status: 503, body: { database: { state: "failed" } } });
    const answer = await fetch(`${product.url}/api/v1/services`, {
      headers: { authorization: `Bearer ${field.token}` },
    });
    expect(answer.status).toBe(503);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(await answer.json()).toMatchObject({ reason: "database_unavailable" });
    expect((await fetch(`${product.url}/health`)).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, awayMs));
    cluster = await startPostgres();

    expect((await until(ready, (one) => one.status === 200, patient)).status).toBe(200);
    const before = live.seen.length;
    const deployment = await ended(id);
    expect(deployment.status, JSON.stringify(deployment.cause)).toBe(status);
    expect(deployment.cause === null).toBe(status === "succeeded");
    // One that could not write down how a job ended has ended itself: the supervisor has then started another.
    const now = worker();
    expect(now && isAlive(now)).toBe(true);
    await until(
      async () => live.seen.length,
      (count) => count > before,
      patient,
    );
    await live.stop();
    for (const action of ["RegisterTaskDefinition", "UpdateService"]) {
      const calls = (await field.journal(action, Date.parse(deployment.createdAt))).filter(
        ({ effect }) => effect === "changed",
      );
      expect(calls, action).toHaveLength(1);
    }
  },
);
