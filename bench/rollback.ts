import {
  DescribeServiceDeploymentsCommand,
  ListServiceDeploymentsCommand,
  waitUntilServicesStable,
} from "@aws-sdk/client-ecs";
import type { DeploymentDto } from "#server/deployments/schema.ts";
import { places, type Place } from "../scripts/drill/place.ts";
import { ms, percentile, printTable, verdict } from "./figures.ts";
import {
  benchProduct,
  callAfter,
  deploy,
  hasEnded,
  pause,
  postRelease,
  untilDeployment,
  type BenchProduct,
} from "./product.ts";

const barMs = 300;
const scale = 20;
const rounds = 3;
const measured = places.slice(0, 2);

type Noticed = { portal: number; waiter: number };

/** Asks for a rollback and answers how many milliseconds later ECS was told to change something. */
async function rollBack(on: BenchProduct, place: Place, { id, action }: { id: string; action: string }) {
  const since = Date.now();
  const { body } = await on.field.api.deployments.rollback({ deployment: id, reason: "Measuring" });
  const writtenAt = await callAfter(on, action, { since, matches: isAbout(place) });
  return { took: writtenAt - since, id: body.id };
}

const isAbout =
  ({ service, environment }: Place) =>
  ({ subject }: { subject?: string }) =>
    subject?.includes(`qkart-${environment}/${service}`) === true;

/** When ECS itself was done with the newest rollout of a service, epoch milliseconds. */
async function doneAt({ field }: BenchProduct, { service, environment }: Place): Promise<number> {
  const listed = await field.ecs.send(new ListServiceDeploymentsCommand({ service, cluster: `qkart-${environment}` }));
  const arns = listed.serviceDeployments?.flatMap((one) => one.serviceDeploymentArn ?? []).slice(0, 1) ?? [];
  const described = await field.ecs.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: arns }));
  return described.serviceDeployments?.[0]?.finishedAt?.getTime() ?? Number.NaN;
}

function rolledOutAt({ targets }: DeploymentDto): number {
  const step = targets[0]?.steps.find(({ name }) => name === "rollout");
  return Date.parse(step?.finishedAt ?? "");
}

/** How long after ECS the portal and the SDK's waiter notice that a rollout is over. */
async function notice(on: BenchProduct, place: Place, id: string): Promise<Noticed> {
  const { service, environment } = place;
  // Its usual 15 s between looks, as much faster as everything of AWS is here.
  const minDelay = 15 / scale;
  const settings = { client: on.field.ecs, maxWaitTime: 200, minDelay, maxDelay: minDelay };
  const waited = waitUntilServicesStable(settings, { cluster: `qkart-${environment}`, services: [service] }).then(() =>
    Date.now(),
  );
  const ended = await untilDeployment(on, id, hasEnded);
  const done = await doneAt(on, place);
  return { portal: rolledOutAt(ended) - done, waiter: (await waited) - done };
}

/**
 * From the press of Roll back until ECS is told: of a deployment that ended (its task definition is registered and
 * started again) and of one that is rolling out (it is stopped).
 */
export async function rollback(): Promise<void> {
  const on = await benchProduct(scale);
  try {
    const [settled, moving, noticed]: [number[], number[], Noticed[]] = [[], [], []];
    for (const service of new Set(measured.map((place) => place.service))) {
      for (let round = 0; round < rounds * 2; round += 1) await postRelease(on, service, `1.${400 + round}.0`);
    }
    for (let round = 0; round < rounds; round += 1) {
      // One after the other: what is measured is a press, not how a machine is shared.
      for (const place of measured) {
        const first = await deploy(on, place, `1.${400 + round * 2}.0`);
        // On a machine without time for it the new tasks fail their health checks: there is nothing to measure then.
        if ((await untilDeployment(on, first.id, hasEnded)).status !== "succeeded") continue;
        const back = await rollBack(on, place, { id: first.id, action: "UpdateService" });
        settled.push(back.took);
        noticed.push(await notice(on, place, back.id));
        const since = Date.now();
        const second = await deploy(on, place, `1.${401 + round * 2}.0`);
        await callAfter(on, "UpdateService", { since, matches: isAbout(place) });
        await untilDeployment(on, second.id, ({ targets }) => targets[0]?.step === "rollout");
        await pause(500);
        moving.push((await rollBack(on, place, { id: second.id, action: "StopServiceDeployment" })).took);
        await untilDeployment(on, second.id, hasEnded);
      }
    }
    const row = (what: string, times: number[]) => ({
      "rollback of": what,
      presses: times.length,
      least: ms(Math.min(...times)),
      median: ms(percentile(times, 0.5)),
      p95: ms(percentile(times, 0.95)),
      [`under ${barMs} ms`]: verdict(percentile(times, 0.95) < barMs),
    });
    printTable("From the press of Roll back until ECS is told", [
      row("a deployment that ended", settled),
      row("one that is rolling out", moving),
    ]);
    const waits = (who: keyof Noticed) => noticed.map((one) => one[who]).filter(Number.isFinite);
    printTable(`How long after ECS is done somebody notices, AWS ${scale} times as fast`, [
      ...(["portal", "waiter"] as const).map((who) => ({
        who: who === "portal" ? "the portal" : "waitUntilServicesStable",
        rollouts: waits(who).length,
        median: ms(percentile(waits(who), 0.5)),
        p95: ms(percentile(waits(who), 0.95)),
      })),
    ]);
  } finally {
    await on.close();
  }
}
