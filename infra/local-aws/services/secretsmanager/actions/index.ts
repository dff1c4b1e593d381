import { createSecret } from "./create-secret.ts";
import { deleteSecret } from "./delete-secret.ts";
import { describeSecret } from "./describe-secret.ts";
import { getSecretValue } from "./get-secret-value.ts";
import { listSecretVersionIds } from "./list-secret-version-ids.ts";
import { listSecrets } from "./list-secrets.ts";
import { putSecretValue } from "./put-secret-value.ts";
import { restoreSecret } from "./restore-secret.ts";

/** Actions of Secrets Manager by their AWS name; each is the file of that name. */
export const actions = {
  CreateSecret: createSecret,
  DeleteSecret: deleteSecret,
  DescribeSecret: describeSecret,
  GetSecretValue: getSecretValue,
  ListSecretVersionIds: listSecretVersionIds,
  ListSecrets: listSecrets,
  PutSecretValue: putSecretValue,
  RestoreSecret: restoreSecret,
};
