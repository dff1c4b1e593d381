import { setTimeout as sleep } from "node:timers/promises";
import type { DeploymentDto } from "#server/deployments/schema.ts";
import type { Field } from "./field.ts";
import { claimComplaint, complaintsAbout, repeatedEffects } from "./invariants.ts";
import { updateOutside } from "./outside.ts";
import type { Place } from "./place.ts";
import type { Dice } from "./random.ts";
import type { Seen } from "./report.ts";
import { chooseSabotage, type Sabotage } from "./sabotage.ts";
import { startTraffic } from "./traffic.ts";

/** Everything has to have ended this long after the last thing was done, in milliseconds. */
const deadlineMs = 180_000;

type Asked = { field: Field; place: Place; dice: Dice; version: string; number: number };

/** Refusals are right answers: somebody else was first, or it is too late. */
async function refusable<T>(work: Promise<T>): Promise<T | undefined> {
  return work.catch((error: unknown) => {
    const { status } = error as { status?: number };
    if (status !== undefined && status >= 400 && status < 500) return undefined;
    throw error;
  });
}

async function postRelease({ field, place }: Asked, version: string): Promise<void> {
  const image = `000000000000.dkr.ecr.us-east-1.amazonaws.com/${place.service}:${version}`;
  await field.patiently(() => field.api.releases.create({ service: place.service, version, image }));
}

type Choice = { onConflict?: "queue" | "supersede" };

const deploy = ({ field, place }: Asked, version: string, choice: Choice = {}) =>
  refusable(field.patiently(() => field.api.deployments.create({ ...place, version, reason: "Drill", ...choice })));

/** A later release that comes while the first is under way. */
async function second(asked: Asked, choice: Choice): Promise<void> {
  const version = `1.${asked.number + 200}.${asked.dice.between(0, 99)}`;
  await postRelease(asked, version);
  await sleep(asked.dice.between(0, 4_000));
  await deploy(asked, version, choice);
}

/** What is done about the deployment, besides asking for it. Answers the task definition that was brought past the portal. */
const intents: Record<string, (asked: Asked, first: DeploymentDto | undefined) => Promise<string | void>> = {
  deploy: async () => {},
  "double click": async (asked) =>
    void (await Promise.all([deploy(asked, asked.version), deploy(asked, asked.version)])),
  async cancel({ field, dice }, first) {
    await sleep(dice.between(0, 5_000));
    if (first)
      await refusable(field.patiently(() => field.api.deployments.cancel({ deployment: first.id, reason: "Drill" })));
  },
  async "roll back"({ field, dice }, first) {
    await sleep(dice.between(0, 12_000));
    if (first)
      await refusable(field.patiently(() => field.api.deployments.rollback({ deployment: first.id, reason: "Drill" })));
  },
  queue: (asked) => second(asked, { onConflict: "queue" }),
  supersede: (asked) => second(asked, { onConflict: "supersede" }),
  async "outside update"({ field, place, dice, number }) {
    await sleep(dice.between(0, 10_000));
    return updateOutside(field, place, `1.${number + 400}.${dice.between(0, 99)}`);
  },
};

/** Breaks each thing at its moment, also while another is still broken; answers what was found wrong meanwhile. */
async function breakThings({ field, place }: Asked, sabotage: Sabotage[]): Promise<string[]> {
  const begun = Date.now();
  const found = await Promise.all(
    sabotage.map(async (one) => {
      await sleep(Math.max(0, begun + one.afterMs - Date.now()));
      return one.do(field, place);
    }),
  );
  return found.flatMap((complaints) => complaints ?? []);
}

/** Deployments of the place that were made since, oldest first. */
async function madeSince({ field, place }: Asked, known: Set<string>): Promise<DeploymentDto[]> {
  const { items } = await field.patiently(() => field.api.deployments.list({ ...place, limit: 20 }));
  const fresh = items.filter(({ id }) => !known.has(id)).toReversed();
  return Promise.all(fresh.map(({ id }) => field.patiently(() => field.api.deployments.get({ deployment: id }))));
}

async function untilEnded(asked: Asked, known: Set<string>): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  while ((await madeSince(asked, known)).some(({ finishedAt }) => finishedAt === null)) {
    if (Date.now() > deadline) return;
    await sleep(400);
  }
}

/** What somebody brought past the portal is adopted, or a deployment or the timeline names it. */
async function untoldOutside(
  { field, place }: Asked,
  made: DeploymentDto[],
  brought: { arn: string; since: number },
): Promise<string[]> {
  const name = brought.arn.split("/").at(-1) ?? brought.arn;
  const from = new Date(brought.since).toISOString();
  const { items } = await field.patiently(() => field.api.changes.list({ ...place, from, limit: 100 }));
  // As a word of its own: revision 12 is not revision 1.
  const names = (text: string) => text.split(/[^\w:-]+/).some((word) => word === name || word === `${name}.`);
  const isTold = made.some(
    (one) =>
      names(one.reason) ||
      names(one.cause?.detail ?? "") ||
      one.targets.some(({ gates }) => gates.some(({ reason }) => names(reason))),
  );
  return isTold || items.some(({ title }) => names(title))
    ? []
    : [`nothing says that ${name} was brought outside the portal`];
}

function chooseVersion(dice: Dice, number: number): string {
  const good = `1.${number + 1}.${dice.between(100, 999)}`;
  const bad = (fault: string) => `r${number}.${dice.between(100, 999)}-${fault}`;
  return dice.weighted([
    [6, good],
    [1, bad("crash")],
    [1, bad("unhealthy")],
    [1, bad("missing")],
    [1, bad("errors")],
  ]);
}

/** One deployment with all that happens to it, and what is wrong afterwards. */
export async function runOnce({
  field,
  dice,
  number,
  place,
}: {
  field: Field;
  dice: Dice;
  number: number;
  place: Place;
}): Promise<Seen> {
  const [version, intent, sabotage] = [
    chooseVersion(dice, number),
    dice.pick(Object.keys(intents)),
    chooseSabotage(dice),
  ];
  const asked: Asked = { field, place, dice, version, number };
  const begun = Date.now();
  const known = new Set(
    (await field.patiently(() => field.api.deployments.list({ ...place, limit: 100 }))).items.map(({ id }) => id),
  );
  await postRelease(asked, version);
  const traffic = startTraffic(
    `${field.loadBalancer(place.environment)}${place.service === "qkart-backend" ? "/api/version" : "/"}`,
  );

  const breaking = breakThings(asked, sabotage);
  // It may fail while the deployment is still being asked for, and is awaited only then.
  breaking.catch(() => {});
  const first = await deploy(asked, version);
  const [stumbled, brought] = await Promise.all([breaking, intents[intent]?.(asked, first)]);
  await untilEnded(asked, known);
  await field.clearFaults();
  const claim = await claimComplaint(field, place, deadlineMs / 3);
  // What came from outside was adopted meanwhile.
  await untilEnded(asked, known);

  const made = await madeSince(asked, known);
  const { answered, failures } = await traffic.stop();
  // The shop itself stands on PostgreSQL, and a release that fails its requests does what it says.
  const mayFail = version.endsWith("-errors") || sabotage.some(({ name }) => name === "kill postgres");
  return {
    number,
    place: `${place.service}/${place.environment}`,
    version,
    intent,
    sabotage: sabotage.map(({ name, afterMs }) => `${name} ${(afterMs / 1000).toFixed(1)}s`),
    ended: made.map((one) => `${one.release.version}${one.source === "outside" ? "°" : ""} ${one.status}`),
    seconds: (Date.now() - begun) / 1000,
    answered,
    unanswered: failures.length,
    violations: [
      ...made.flatMap(complaintsAbout),
      ...(claim ? [claim] : []),
      ...(await repeatedEffects(field, place, begun)),
      ...stumbled,
      ...(brought ? await untoldOutside(asked, made, { arn: brought, since: begun }) : []),
      ...(made.length === 0 ? ["nothing was deployed"] : []),
      ...(failures.length > 0 && !mayFail
        ? [`the load balancer did not answer ${failures.length} times: ${failures[0]}`]
        : []),
    ],
  };
}
