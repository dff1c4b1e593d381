import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { migrationStatus } from "#server/db/migrate.ts";
import { startThrowAwayPostgres } from "#server/testing/postgres.ts";
import { waitUntil } from "../process/wait.ts";
import { descendants } from "../test/processes.ts";
import type { ProductOptions } from "../test/product.ts";
import {
  everythingOf,
  expectMended,
  find,
  kill,
  NPM_START,
  openLivePage,
  PATIENCE_MS,
  productScene,
  tokenOf,
} from "../test/product-scene.ts";

const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const scene = productScene();
const freshFolder = () => mkdtempSync(path.join(tmpdir(), "quarterdeck-product-"));

describe.runIf(process.platform === "linux")("a first start", () => {
  test("that is killed half way is finished by the next one, which stops cleanly when the web server was killed a moment before", async () => {
    const fresh = freshFolder();
    // What runs for a moment may have ended before anybody looked: then its stage is told as done.
    for (const [part, stage] of [
      ["bin/initdb", "Starting the database"],
      ["bin/postgres", "Starting the database"],
      ["migrate.ts", "Migrating the database"],
      ["local-aws/main.ts", "Starting local AWS"],
      ["prisma/seed", "Putting QKart into three environments"],
      ["quarterdeck-worker", "Starting the worker"],
    ] as const) {
      const half = await scene.launch({ dataDir: fresh });
      const isRunning = () => descendants(half.child.pid ?? 0).some(({ command }) => command.includes(part));
      const reached = () => isRunning() || half.output().includes(`✓ ${stage}`);
      expect(await waitUntil(reached, PATIENCE_MS), `${part} is running`).toBe(true);
      const before = descendants(half.child.pid ?? 0);
      process.kill(find(before, "supervisor.ts").pid, "SIGKILL");
      await half.exited;
      await scene.expectNothingLeft(half, before);
    }
    const whole = await scene.start({ dataDir: fresh });
    await openLivePage(whole, await tokenOf(whole));
    const before = everythingOf(whole);
    kill(whole, "web", "SIGKILL");
    await whole.stop();
    await scene.expectNothingLeft(whole, before);
    rmSync(fresh, { recursive: true });
  });

  test("uses the database of DATABASE_URL and leaves it running; one that is not there is one line", async () => {
    const other = freshFolder();
    const nowhere = `postgresql://nobody@127.0.0.1:${scene.ports.PORT}/quarterdeck`;
    const refused = await scene.launch({ dataDir: other, env: { DATABASE_URL: nowhere } });
    expect(await refused.finished).toBe(1);
    expect(refused.output()).toMatch(/The database of DATABASE_URL cannot be used: connect ECONNREFUSED/);

    const postgres = await startThrowAwayPostgres();
    const product = await scene.start({ dataDir: other, env: { DATABASE_URL: postgres.url("postgres") } });
    const before = everythingOf(product);
    expect(before.filter(({ command }) => command.includes("bin/postgres"))).toEqual([]);
    expect((await fetch(`${product.url}/health`)).status).toBe(200);
    await product.stop();
    await scene.expectNothingLeft(product, before);
    expect((await migrationStatus(postgres.url("postgres"))).every(({ state }) => state === "applied")).toBe(true);
    await postgres.stop();
    rmSync(other, { recursive: true });
  });

  // Whoever is an ordinary user already has run all the other tests as one.
  const whyNot = isRoot ? "" : " (skipped: only root can become somebody else)";
  test.runIf(isRoot)(
    `works for an ordinary user, in a home that nobody else can enter, and so does the second, also when parts are killed${whyNot}`,
    async () => {
      const home = mkdtempSync(path.join(tmpdir(), "quarterdeck-home-"));
      chmodSync(home, 0o700);
      chownSync(home, NOBODY, NOBODY);
      const asNobody = ["setpriv", `--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups"] as const;
      const dataDir = path.join(home, "data");
      execFileSync(asNobody[0], [...asNobody.slice(1), "mkdir", dataDir]);
      const options = {
        dataDir,
        command: [...asNobody, ...NPM_START] as ProductOptions["command"],
        env: { HOME: home },
      };

      const first = await scene.start(options);
      for (const part of ["PostgreSQL", "web"] as const) await expectMended(first, part, "SIGKILL");
      const before = everythingOf(first);
      process.kill(first.child.pid ?? 0, "SIGTERM");
      await first.exited;
      await scene.expectNothingLeft(first, before);

      const second = await scene.start(options);
      for (const part of ["PostgreSQL", "web"] as const) await expectMended(second, part, "SIGTERM");
      const all = everythingOf(second);
      for (const part of ["PostgreSQL", "web"] as const) kill(second, part, "SIGKILL");
      process.kill(second.child.pid ?? 0, "SIGKILL");
      await second.exited;
      await scene.expectNothingLeft(second, all);
      rmSync(home, { recursive: true });
    },
  );
});
