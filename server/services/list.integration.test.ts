import { expect, test } from "vitest";
import {
  actors,
  createDeployment,
  createEnvironment,
  createRelease,
  createService,
  createTarget,
  createTeam,
  testContext,
} from "#server/testing/factories.ts";
import { withDatabase } from "#server/testing/with-database.ts";
import { listEnvironments } from "../environments/queries.ts";
import { listAttention } from "./queries/attention.ts";
import { listServices } from "./queries/list.ts";

const database = withDatabase();
const viewer = () => testContext(database.db, actors.viewer);

/** Services of a team of their own, by slug. */
async function several(names: readonly string[]) {
  const team = await createTeam(database.db);
  const environment = await createEnvironment(database.db, { kind: "production" });
  const targets = new Map<string, Awaited<ReturnType<typeof createTarget>>>();
  for (const slug of names) {
    const service = await createService(database.db, { slug, name: `The ${slug}`, teamId: team.id });
    targets.set(slug, await createTarget(database.db, { service, environment }));
  }
  return { team, environment, targets };
}

const slugsOf = ({ items }: { items: { slug: string }[] }) => items.map(({ slug }) => slug);

test("page after page has every service once, by slug, whatever was added meanwhile", async () => {
  const { team } = await several(["p-delta", "p-alpha", "p-charlie", "p-bravo"]);
  const first = await listServices(viewer(), { team: team.slug, limit: 2 });
  expect(slugsOf(first)).toEqual(["p-alpha", "p-bravo"]);
  await createService(database.db, { slug: "p-aardvark", teamId: team.id });
  const second = await listServices(viewer(), { team: team.id, limit: 2, cursor: first.next ?? "" });
  expect(slugsOf(second)).toEqual(["p-charlie", "p-delta"]);
  expect(second.next).toBeNull();
});

test("every word of a search occurs in slug or name, in whatever case", async () => {
  await several(["quay-ledger", "quay-mailer", "dock-ledger"]);
  const found = async (search: string) => slugsOf(await listServices(viewer(), { search }));
  expect(await found("LEDGER quay")).toEqual(["quay-ledger"]);
  expect(await found(" the  quay ")).toEqual(["quay-ledger", "quay-mailer"]);
  expect(await found("quay%")).toEqual([]);
});

test("of an environment: only what runs there", async () => {
  const { environment } = await several(["e-one", "e-two"]);
  const elsewhere = await several(["e-three"]);
  const service = await database.db.service.findUniqueOrThrow({ where: { slug: "e-one" } });
  await createTarget(database.db, { service, environment: elsewhere.environment });
  const { items } = await listServices(viewer(), { environment: environment.slug });
  expect(items.map(({ slug, targets }) => [slug, targets.length])).toEqual([
    ["e-one", 1],
    ["e-two", 1],
  ]);
  // Its target elsewhere is no sibling; a second one here is.
  expect(items[0]?.targets[0]?.siblings).toBe(0);
  await createTarget(database.db, { service, environment, region: "eu-west-1" });
  const { items: more } = await listServices(viewer(), { environment: environment.slug });
  expect(more[0]?.targets.map(({ siblings }) => siblings)).toEqual([1, 1]);
  await expect(listServices(viewer(), { environment: "nowhere" })).rejects.toThrow("nowhere");
});

test("needs attention: what is ill or ended badly before what is under way, and nothing else", async () => {
  const { targets, environment } = await several(["a-well", "a-ill", "a-undone", "a-moving", "a-mended"]);
  const end = async (slug: string, version: string, status: string) => {
    const target = targets.get(slug);
    if (!target) throw new Error(slug);
    const service = await database.db.service.findUniqueOrThrow({ where: { slug } });
    await createDeployment(database.db, {
      target,
      release: await createRelease(database.db, { service, version }),
      status,
    });
  };
  for (const slug of targets.keys()) await end(slug, "1.0.0", "succeeded");
  await database.db.target.update({
    where: { id: targets.get("a-ill")?.id ?? "" },
    data: { health: "failed", healthReason: "No task runs." },
  });
  await end("a-undone", "1.1.0", "rolled_back");
  await end("a-moving", "1.1.0", "failed");
  await end("a-moving", "1.2.0", "running");
  await end("a-mended", "1.1.0", "failed");
  await end("a-mended", "1.2.0", "succeeded");
  const { services, more } = await listAttention(viewer(), {});
  const told = services.filter(({ targets: [target] }) => target?.environment.id === environment.id);
  expect(slugsOf({ items: told })).toEqual(["a-ill", "a-moving", "a-undone"]);
  expect(more).toBe(0);
  const counted = (await listEnvironments(viewer(), {})).find(({ id }) => id === environment.id);
  expect(counted).toMatchObject({ targets: 5, services: 5, healths: { failed: 1 } });
});

test("of very much that needs somebody the worst is told, and the rest is counted", async () => {
  const { environment } = await several(Array.from({ length: 30 }, (_, index) => `m-${index}`));
  const all = await database.db.target.findMany({ where: { environmentId: environment.id }, orderBy: { id: "asc" } });
  await database.db.target.updateMany({ where: { environmentId: environment.id }, data: { health: "degraded" } });
  const worst = all.at(-1);
  await database.db.target.update({ where: { id: worst?.id ?? "" }, data: { health: "failed" } });
  const { services, more } = await listAttention(viewer(), {});
  const told = services.flatMap(({ targets }) => targets.map(({ id }) => id));
  expect(told).toContain(worst?.id);
  expect(told).toHaveLength(15);
  expect(more).toBeGreaterThanOrEqual(15);
});
