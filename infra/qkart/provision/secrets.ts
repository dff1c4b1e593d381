import { CreateSecretCommand, GetSecretValueCommand, PutSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import type { Clients } from "./clients.ts";
import { orUndefined, present } from "./found.ts";

/** Makes the secret hold the value; `changed` says that it held another one before, which running tasks still use. */
export async function ensureSecret(
  { secrets }: Clients,
  name: string,
  value: string,
): Promise<{ arn: string; changed: boolean }> {
  const found = await orUndefined(
    secrets.send(new GetSecretValueCommand({ SecretId: name })),
    "ResourceNotFoundException",
  );
  if (found === undefined) {
    const created = await secrets.send(new CreateSecretCommand({ Name: name, SecretString: value }));
    return { arn: present(created.ARN, "the secret's ARN"), changed: false };
  }
  const arn = present(found.ARN, "the secret's ARN");
  if (found.SecretString === value) return { arn, changed: false };
  await secrets.send(new PutSecretValueCommand({ SecretId: arn, SecretString: value }));
  return { arn, changed: true };
}
