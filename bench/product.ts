import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { DeploymentDto } from "#server/deployments/schema.ts";
import { openField, type Field } from "../scripts/drill/field.ts";
import type { Place } from "../scripts/drill/place.ts";
import { startProduct, SUPERVISOR, type Product } from "../scripts/test/product.ts";

/** The whole product with the demo shop, as `npm start` runs it; needs the built console. */
export type BenchProduct = { product: Product; field: Field; close(): Promise<void> };

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A minute of AWS passes in `60 / scale` seconds. */
export async function benchProduct(scale: number, env: Record<string, string> = {}): Promise<BenchProduct> {
  const dataDir = mkdtempSync(path.join(tmpdir(), "quarterdeck-bench-"));
  const budgets = { RATE_LIMIT_READS: "0", RATE_LIMIT_WRITES: "0", RATE_LIMIT_SIGN_INS: "0" };
  const settings = { LOCAL_AWS_TIME_SCALE: String(scale), LIVE_STREAMS_PER_PERSON: "0", ...budgets, ...env };
  const product = await startProduct({ dataDir, command: SUPERVISOR, env: settings });
  const field = await openField(product, dataDir, settings);
  return {
    product,
    field,
    async close() {
      await field.close();
      await product.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Makes a release that works known. */
export async function postRelease({ field }: BenchProduct, service: string, version: string): Promise<void> {
  const image = `000000000000.dkr.ecr.us-east-1.amazonaws.com/${service}:${version}`;
  await field.api.releases.create({ service, version, image });
}

export function deploy({ field }: BenchProduct, place: Place, version: string): Promise<DeploymentDto> {
  return field.api.deployments.create({ ...place, version, reason: "Measuring" });
}

/** Looks at a deployment until it is as wanted; throws after four minutes. */
export async function untilDeployment(
  { field }: BenchProduct,
  id: string,
  isWanted: (deployment: DeploymentDto) => boolean,
): Promise<DeploymentDto> {
  const deadline = Date.now() + 240_000;
  for (;;) {
    const deployment = await field.patiently(() => field.api.deployments.get({ deployment: id }));
    if (isWanted(deployment)) return deployment;
    if (Date.now() > deadline) throw new Error(`Deployment ${id} is ${deployment.status} after four minutes.`);
    await pause(250);
  }
}

export const hasEnded = ({ finishedAt }: DeploymentDto) => finishedAt !== null;

/** When local AWS answered the first call that matches since a moment, both in epoch milliseconds; throws after a minute. */
export async function callAfter(
  { field }: BenchProduct,
  action: string,
  { since, matches }: { since: number; matches: (call: Awaited<ReturnType<Field["journal"]>>[number]) => boolean },
): Promise<number> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const found = (await field.journal(action, since)).find(matches);
    if (found) return found.at;
    if (Date.now() > deadline) throw new Error(`Local AWS saw no ${action} within a minute.`);
    await pause(100);
  }
}
