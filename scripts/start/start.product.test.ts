import { randomUUID } from "node:crypto";
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { startOtlpReceiver } from "#server/testing/otlp-receiver.ts";
import { until } from "#server/testing/until.ts";
import { openField } from "../drill/field.ts";
import { isAlive } from "../process/identity.ts";
import {
  everythingOf,
  expectMended,
  find,
  kill,
  openLivePage,
  postgresOf,
  productScene,
  tokenOf,
} from "../test/product-scene.ts";

const scene = productScene();

/** One table for each time that the product ran. */
const kept: string[] = [];

/** All that was written before is there; adds to it, for the next to find after whatever ends the product this time. */
async function expectKept(): Promise<void> {
  const table = `kept_${randomUUID().slice(0, 8)}`;
  await scene.withDatabase(async (client) => {
    for (const one of ["environments", ...kept]) await client.query(`SELECT FROM ${one}`);
    await client.query(`CREATE TABLE ${table} ()`);
  });
  kept.push(table);
}

describe.runIf(process.platform === "linux")("the product", () => {
  test("refuses a bad setting and a taken port with one line", async () => {
    const bad = await scene.launch({ env: { PORT: "many" } });
    expect(await bad.finished).toBe(1);
    expect(bad.output()).toMatch(/Bad configuration\. PORT: /);
    const { PORT } = scene.ports;
    const twice = await scene.launch({ env: { LOCAL_AWS_PORT: PORT } });
    expect(await twice.finished).toBe(1);
    expect(twice.output()).toMatch(new RegExp(`PORT and LOCAL_AWS_PORT both ask for port ${PORT}`));
  });

  test("comes up in an empty folder, mends what is killed, and a second start is refused", async () => {
    const collector = await startOtlpReceiver();
    const product = await scene.start({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url } });
    expect((await fetch(`${product.url}/health`)).status).toBe(200);
    const second = await scene.launch();
    expect(await second.finished).toBe(1);
    expect(second.output()).toMatch(/Quarterdeck already runs here \(process \d+\): http/);

    const field = await openField(product, product.dataDir);
    // Only the web process asks this, and it has a minute to write it down.
    await field.api.services.discover({ environment: "development", accountId: "000000000000", region: "us-east-1" });
    for (const part of ["worker", "local-aws"] as const) await expectMended(product, part, "SIGKILL");
    for (const name of ["SIGTERM", "SIGINT", "SIGKILL"] as const) {
      await openLivePage(product, field.token);
      await expectMended(product, "web", name);
    }
    const isNoted = async () =>
      (await scene.withDatabase((client) => client.query("SELECT FROM aws_usage WHERE operation = 'ListClusters'")))
        .rowCount === 1;
    expect(await isNoted(), "its calls of AWS are written down when it is asked to end").toBe(true);
    const wanted = (name: string) =>
      collector.spans.some((span) => span.process === "quarterdeck-web" && span.name.startsWith(name));
    expect(await until(async () => wanted("GET /api/v1"), Boolean), "its traces arrive").toBe(true);
    for (const name of ["SIGTERM", "SIGINT", "SIGKILL"] as const) await expectMended(product, "PostgreSQL", name);
    await field.close();

    const before = everythingOf(product);
    process.kill(-(product.child.pid ?? 0), "SIGINT");
    expect(await product.finished).toBe(0);
    expect(product.output()).toMatch(/Stopped\. Your data is kept\./);
    await scene.expectNothingLeft(product, before);
    await collector.close();
  });

  test.each(
    ["npm", "scripts/start.mjs", "supervisor.ts"].flatMap((victim) =>
      ["SIGINT", "SIGTERM", "SIGKILL"].map((name) => [name, victim]),
    ),
  )("%s of %s leaves no process and no port, and keeps the data", async (name = "", victim = "") => {
    const product = await scene.start();
    const before = everythingOf(product);
    await expectKept();
    await openLivePage(product, await tokenOf(product));
    const unfinished = connect(Number(scene.ports.PORT), "127.0.0.1");
    unfinished.on("error", () => {});
    unfinished.write("POST /api/v1/releases HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n");
    const pid = victim === "npm" ? (product.child.pid ?? 0) : find(before, victim).pid;
    process.kill(pid, name);
    await product.exited;
    await scene.expectNothingLeft(product, before);
    unfinished.destroy();
  });

  test("cleans up after supervisor and guardian were killed at once, and stops cleanly when PostgreSQL was killed a moment before", async () => {
    const product = await scene.start();
    const before = everythingOf(product);
    const postgres = postgresOf(product);
    for (const part of ["guardian.ts", "supervisor.ts"]) process.kill(find(before, part).pid, "SIGKILL");
    await product.exited;
    expect(postgres && isAlive(postgres)).toBe(true);
    const again = await scene.start();
    await openLivePage(again, await tokenOf(again));
    const all = everythingOf(again);
    kill(again, "PostgreSQL", "SIGKILL");
    await again.stop();
    await scene.expectNothingLeft(again, [...before, ...all]);
    await expectKept();
  });
});
