import type { DeleteSecretCommandInput, DeleteSecretCommandOutput } from "@aws-sdk/client-secrets-manager";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import { arn } from "../../place.ts";
import { invalidParameter } from "../errors.ts";
import type { Secrets } from "../secrets.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const DEFAULT_RECOVERY_DAYS = 30;

/** Schedules the deletion; by force, deletes at once, and as on AWS also what is not there. */
export function deleteSecret(
  secrets: Secrets,
  input: DeleteSecretCommandInput,
  caller: Caller,
): Answer<DeleteSecretCommandOutput> {
  const { SecretId: id, ForceDeleteWithoutRecovery: isForced, RecoveryWindowInDays } = input;
  const days = RecoveryWindowInDays ?? DEFAULT_RECOVERY_DAYS;
  if (isForced && RecoveryWindowInDays !== undefined) {
    throw invalidParameter("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
  }
  if (days < 7 || days > 30)
    throw invalidParameter("The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
  if (isForced && id && !secrets.has(caller, id)) return deletedAlready(id, caller);
  const secret = secrets.find(caller, id);
  const deletesAt = Date.now() + (isForced ? 0 : days * DAY_MS);
  if (isForced) secrets.remove(secret);
  else secret.deletesAt ??= deletesAt;
  secrets.touch();
  caller.record?.("changed", secret.arn);
  return { ARN: secret.arn, Name: secret.name, DeletionDate: new Date(secret.deletesAt ?? deletesAt) };
}

function deletedAlready(id: string, caller: Caller): Answer<DeleteSecretCommandOutput> {
  caller.record?.("none", id);
  const [secretArn, name] = id.startsWith("arn:")
    ? [id, id.split(":")[6]]
    : [arn("secretsmanager", caller, `secret:${id}`), id];
  return { ARN: secretArn, Name: name, DeletionDate: new Date() };
}
