import { strict as assert } from "node:assert";
import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { startThrowAwayPostgres } from "#server/testing/postgres.ts";
import { createDatabase } from "#server/db/create-database.ts";
import { freePort } from "../../../scripts/process/ports.ts";
import { freeProductPorts } from "../../../scripts/test/free-ports.ts";
import { isBuildFresh } from "../../../scripts/start/console-build.ts";
import { startContainer, writableFolder, type Container } from "./container.ts";
import { images, ROOT } from "./images.ts";
import { assemble, sizeOf, writable, type Tree } from "./tree.ts";

/**
 * npm run image-check: does without Docker what the images do. Makes each image's files from its Dockerfile, and runs
 * them as an ordinary user on files that cannot be written, against a real PostgreSQL, until the image's own health
 * check passes. Not part of npm test, because it installs the production packages anew.
 */
const PATIENCE_MS = 120_000;
const folder = mkdtempSync(path.join(tmpdir(), "quarterdeck-image-"));
// The images' user must get in.
chmodSync(folder, 0o755);
const started: Container[] = [];
const clean: (() => Promise<void> | void)[] = [() => removeTrees()];

function removeTrees(): void {
  writable(folder);
  rmSync(folder, { recursive: true, force: true });
}

const say = (line: string) => console.log(line);
const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB`;

function treeOf(name: (typeof images)[number]["name"], built: Record<string, string> = {}): Tree {
  const found = images.find((one) => one.name === name);
  assert(found);
  const image = { dockerfile: path.join(ROOT, found.dockerfile), context: path.join(ROOT, found.context) };
  const tree = assemble({ image, root: path.join(folder, name), built });
  say(`${name.padEnd(18)} ${megabytes(sizeOf(tree.root))} beside its base image`);
  return tree;
}

function run(tree: Tree, args: readonly string[], env: Record<string, string>): Container {
  const container = startContainer(tree, { args, env });
  started.push(container);
  return container;
}

async function ends(container: Container, code: number, says?: RegExp): Promise<void> {
  assert.equal(await container.exited, code, container.output());
  if (says) assert.match(container.output(), says);
}

async function checkPortal(): Promise<void> {
  const tree = treeOf("quarterdeck", { build: ROOT });
  for (const part of ["node_modules", ".next/standalone", "server", "infra"])
    say(`  ${part.padEnd(16)} ${megabytes(sizeOf(path.join(tree.root, "app", part)))}`);
  const postgres = await startThrowAwayPostgres();
  clean.unshift(() => postgres.stop());
  await createDatabase(postgres.url("postgres"), "quarterdeck");
  const ports = await freeProductPorts();
  const secret = () => randomBytes(32).toString("base64");
  const env = {
    ...ports,
    HOST: "127.0.0.1",
    DATA_DIR: writableFolder("data"),
    DATABASE_URL: postgres.url("quarterdeck"),
    AUTH_SECRET: secret(),
    AUDIT_KEY: secret(),
    ENCRYPTION_KEYS: secret(),
    LOCAL_PASSWORD: secret(),
    LOCAL_AWS_TIME_SCALE: "60",
  };
  await ends(run(tree, ["edge"], env), 64, /does not exist yet/);
  await ends(run(tree, ["nonsense"], env), 64, /There is no command nonsense[^]*migrate/);
  await ends(
    run(tree, ["web"], { ...env, AUTH_SECRET: "", DATABASE_URL: "" }),
    1,
    /web needs DATABASE_URL, AUTH_SECRET/,
  );
  await ends(run(tree, ["migrate"], env), 0, /applied/);
  say("migrate ended");
  const localAws = run(tree, ["local-aws"], env);
  await localAws.healthy(PATIENCE_MS);
  say("local-aws is healthy");
  await ends(run(tree, ["seed", "demo"], env), 0);
  say("seed ended");
  const worker = run(tree, ["worker"], env);
  const web = run(tree, ["web"], env);
  await Promise.all([worker.healthy(PATIENCE_MS), web.healthy(PATIENCE_MS)]);
  const url = `http://127.0.0.1:${ports.PORT}`;
  await until(async () => (await fetch(`${url}/ready`)).status === 200);
  assert.match(await (await fetch(`${url}/sign-in`)).text(), /<form/);
  say("web and worker are healthy, and ready");
  const shop = await fetch(`http://127.0.0.1:${ports.LOCAL_LB_PORT}/api/version`);
  assert.equal(((await shop.json()) as { version: string }).version, "1.0.0");
  await ends(run(tree, ["token", "--role", "viewer"], env), 0, /^qd_/);
  const file = path.join(writableFolder("backup"), "backup");
  await ends(run(tree, ["backup", file], env), 0, /rows of \d+ tables/);
  // Next ends with the signal's own code.
  assert.equal(await web.stop(), 143, web.output());
  for (const [name, container] of Object.entries({ worker, "local-aws": localAws }))
    assert.equal(await container.stop(), 0, `${name}: ${container.output()}`);
  say("each of them ended at SIGTERM");
  await checkQkart(postgres.url("postgres"));
}

async function checkQkart(adminUrl: string): Promise<void> {
  await createDatabase(adminUrl, "shop");
  const url = new URL(adminUrl);
  url.pathname = "/shop";
  const backend = treeOf("qkart-backend");
  const [port, shopPort] = [await freePort(), await freePort()];
  const env = { DATABASE_URL: url.href, HOST: "127.0.0.1", PORT: String(port) };
  await ends(run(backend, ["node", "migrate.ts", "up"], env), 0);
  const api = run(backend, backend.final.exec.CMD ?? [], env);
  await api.healthy(PATIENCE_MS);
  const storefront = treeOf("qkart-storefront");
  const shop = run(storefront, storefront.final.exec.CMD ?? [], {
    HOST: "127.0.0.1",
    PORT: String(shopPort),
    BACKEND_URL: `http://127.0.0.1:${port}`,
  });
  await shop.healthy(PATIENCE_MS);
  for (const container of [shop, api]) assert.equal(await container.stop(), 0, container.output());
  say("QKart's images are healthy, and end at SIGTERM");
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await isSo().catch(() => false))) {
    if (performance.now() > deadline) throw new Error("It did not become ready.");
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

try {
  if (!isBuildFresh()) throw new Error("The console is not built from these files. Run npm run build first.");
  await checkPortal();
  say("The images would run.");
} catch (error) {
  console.error(error instanceof pg.DatabaseError ? error.message : error);
  process.exitCode = 1;
} finally {
  for (const { child } of started) child.kill("SIGKILL");
  for (const step of clean) await step();
}
process.exit();
