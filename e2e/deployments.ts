import { expect } from "@playwright/test";
import type { ApiClient } from "#components/lib/api-client.ts";
import type { DeploymentDto } from "#server/deployments/schema.ts";
import type { EnvironmentName } from "./product.ts";

/** Longest that a rollout with all its failures may take here, in milliseconds; a limit for hanging, not for speed. */
export const endsWithinMs = 150_000;

export type Place = { service: "qkart-backend" | "qkart-storefront"; environment: EnvironmentName };

/** Waits until a deployment has ended, however it ends. */
export async function untilEnded(api: ApiClient, deployment: string): Promise<DeploymentDto> {
  let last: DeploymentDto | undefined;
  const finished = async () => {
    last = await api.deployments.get({ deployment });
    return last.finishedAt !== null;
  };
  await expect.poll(finished, { timeout: endsWithinMs, message: `${deployment} ends` }).toBe(true);
  if (!last) throw new Error(`${deployment} was never read`);
  return last;
}

/**
 * Waits until a place can be deployed to: nothing is under way there, and the alarms that an earlier version set off
 * are quiet again. ECS would ignore them for a whole rollout that begins while one is in ALARM.
 */
export async function untilQuiet(api: ApiClient, place: Place): Promise<void> {
  const blockers = async () => {
    const { gates } = await api.deployments.plan({ ...place, kind: "deploy" });
    const active = await api.deployments.list({ ...place, status: "active" });
    return [
      ...active.items.map(({ id }) => `${id} is under way`),
      ...gates.filter((gate) => gate.result !== "pass").map((gate) => gate.reason),
    ];
  };
  await expect
    .poll(blockers, { timeout: endsWithinMs, message: `${place.service} in ${place.environment} is quiet` })
    .toEqual([]);
}

/** Posts a release whose image is the registry's tag of the same name; the same again is no change. */
export async function ensureRelease(api: ApiClient, service: Place["service"], version: string): Promise<void> {
  const image = `000000000000.dkr.ecr.us-east-1.amazonaws.com/${service}:${version}`;
  const { items } = await api.releases.list({ service, limit: 100 });
  if (!items.some((release) => release.version === version)) await api.releases.create({ service, version, image });
}

/** Makes sure that a place runs a version, so that a test does not depend on what ran before it. */
export async function ensureRunning(api: ApiClient, place: Place, version: string): Promise<void> {
  const { targets } = await api.services.get({ service: place.service });
  const target = targets.find(({ environment }) => environment.slug === place.environment);
  if (target?.release?.version === version && !target.active) return;
  await untilQuiet(api, place);
  const { id } = await api.deployments.create({ ...place, version, reason: "Test set-up" });
  expect((await untilEnded(api, id)).status).toBe("succeeded");
}
