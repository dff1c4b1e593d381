import { DescribeSecretCommand } from "@aws-sdk/client-secrets-manager";
import type { Clients } from "./clients.ts";
import { present } from "./found.ts";
import { ensureSecret } from "./secrets.ts";

/** What the backend is set to in each environment: staging lacks two variables of production, as it happens in life. */
const settings: Record<string, Record<string, string>> = {
  development: { LOG_LEVEL: "debug" },
  staging: { LOG_LEVEL: "info" },
  production: { LOG_LEVEL: "info", FREE_SHIPPING_FROM: "50", DELIVERY_DAYS: "3" },
};

export function backendSettings(environment: string): Record<string, string> {
  return settings[environment] ?? { LOG_LEVEL: "info" };
}

/** Reference of the payment provider's key, pinned to its present version. Development takes no payments. */
export async function paymentKeyReference(clients: Clients, environment: string): Promise<Record<string, string>> {
  if (environment === "development") return {};
  const { arn } = await ensureSecret(
    clients,
    `qkart/${environment}/payment-api-key`,
    `demo-payment-key-of-${environment}`,
  );
  const described = await clients.secrets.send(new DescribeSecretCommand({ SecretId: arn }));
  const current = Object.entries(described.VersionIdsToStages ?? {}).find(([, stages]) =>
    stages.includes("AWSCURRENT"),
  );
  return { PAYMENT_API_KEY: `${arn}:::${present(current, "the key's version")[0]}` };
}
