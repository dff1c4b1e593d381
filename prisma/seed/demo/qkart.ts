import { ensureQkartDatabases } from "../../../infra/qkart/databases.ts";
import type { QkartDescription } from "../../../infra/qkart/provision/description.ts";
import { provisionQkart } from "../../../infra/qkart/provision/provision.ts";
import { demoEnvironments } from "./environments.ts";
import { localAwsClient, type DemoSettings } from "./settings.ts";

/** QKart's databases and its place in local AWS, one per environment; what exists stays as it is. */
export async function ensureQkart(settings: DemoSettings): Promise<QkartDescription[]> {
  const databases = await ensureQkartDatabases({
    adminUrl: settings.databaseUrl,
    environments: demoEnvironments.map((environment) => environment.slug),
  });
  const found: QkartDescription[] = [];
  for (const [index, { slug, desiredCount }] of demoEnvironments.entries()) {
    const databaseUrl = databases[slug];
    if (!databaseUrl) throw new Error(`There is no database for ${slug}`);
    const listenerPort = settings.firstLoadBalancerPort + index;
    found.push(
      await provisionQkart({
        aws: localAwsClient(settings),
        environment: slug,
        listenerPort,
        databaseUrl,
        desiredCount,
      }),
    );
  }
  return found;
}
