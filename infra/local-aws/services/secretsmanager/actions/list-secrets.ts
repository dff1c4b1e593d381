import type { Filter, ListSecretsCommandInput, ListSecretsCommandOutput } from "@aws-sdk/client-secrets-manager";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import { invalidParameter } from "../errors.ts";
import { page } from "../paging.ts";
import { renderSecret, stagesOf } from "../render.ts";
import type { Secret, Secrets } from "../secrets.ts";

/** Secrets that fit every filter; those scheduled for deletion only when asked for. */
export function listSecrets(
  secrets: Secrets,
  input: ListSecretsCommandInput,
  caller: Caller,
): Answer<ListSecretsCommandOutput> {
  const filters = (input.Filters ?? []).map(nameFilter);
  const found = secrets
    .list(caller)
    .filter((secret) => input.IncludePlannedDeletion || secret.deletesAt === undefined)
    .filter((secret) => filters.every((fits) => fits(secret)));
  const { items, next } = page(found, input);
  return {
    SecretList: items.map((secret) => ({ ...renderSecret(secret), SecretVersionsToStages: stagesOf(secret) })),
    NextToken: next,
  };
}

function nameFilter({ Key: key, Values: values = [] }: Filter) {
  if (key !== "name" && key !== "all")
    throw invalidParameter(`Local AWS filters secrets by name, not by '${key ?? ""}'`);
  return ({ name }: Secret): boolean => values.some((value) => name.toLowerCase().startsWith(value.toLowerCase()));
}
