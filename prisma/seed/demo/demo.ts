import { systemContext, type Ctx } from "#server/core/context.ts";
import { openDb } from "#server/db/client.ts";
import { awsPorts } from "#server/aws/ports.ts";
import { createClientSource } from "#server/aws/clients.ts";
import { assertSeedable, seedActor } from "./assert-seedable.ts";
import { ensureDeployments } from "./deployments.ts";
import { ensurePeople } from "./people.ts";
import { ensurePlaces } from "./places.ts";
import { ensureQkart } from "./qkart.ts";
import { ensureReleases } from "./releases.ts";
import { localAwsClient, type DemoSettings } from "./settings.ts";
import { ensureVariables } from "./variables.ts";
import { waitUntilRunning } from "./wait-until-running.ts";

/**
 * QKart 1.0.0 running in development, staging and production, 1.1.0 and two broken versions built, and one person
 * per role. Every part looks first and adds what is missing, so that a run that was cut off is completed by the next.
 */
export async function seedDemo(settings: DemoSettings): Promise<void> {
  const db = openDb(settings.databaseUrl, 3);
  const { endpoint, credentials } = localAwsClient(settings);
  const ctx: Ctx = { ...systemContext(db, seedActor), ports: awsPorts(createClientSource({ endpoint, credentials })) };
  try {
    await assertSeedable(db);
    const found = await ensureQkart(settings);
    await ensurePlaces(ctx, found);
    await ensurePeople(ctx, settings.password);
    await ensureReleases(ctx, found);
    await waitUntilRunning(ctx);
    await ensureDeployments(ctx);
    await ensureVariables(ctx);
  } finally {
    await db.$disconnect();
  }
}
