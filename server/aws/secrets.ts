import {
  DescribeSecretCommand,
  ListSecretsCommand,
  type DescribeSecretCommandOutput,
} from "@aws-sdk/client-secrets-manager";
import { DescribeParametersCommand, type ParameterMetadata } from "@aws-sdk/client-ssm";
import { RuntimeFailure, type Placement, type SecretDescription } from "../deployments/ports.ts";
import { allPages } from "./batches.ts";
import type { ClientSource } from "./clients.ts";
import { awsCall } from "./failure.ts";

/** What a container's `valueFrom` points at. */
export type SecretReference =
  | {
      kind: "secret";
      id: string;
      region: string;
      key: string | undefined;
      stage: string | undefined;
      version: string | undefined;
    }
  | { kind: "parameter"; names: string[]; region: string | undefined; version: string | undefined };

/**
 * Reads a `valueFrom`: `arn:…:secretsmanager:…:secret:name[:json-key:stage:version]`, `arn:…:ssm:…:parameter/name`, or
 * the name of a parameter in the task's own region; a parameter's may end in `:version`.
 */
export function parseReference(valueFrom: string): SecretReference {
  const parts = valueFrom.split(":");
  const [scheme, , service, region = ""] = parts;
  if (scheme === "arn" && service === "secretsmanager") {
    const [key, stage, version] = parts.slice(7);
    return {
      kind: "secret",
      id: parts.slice(0, 7).join(":"),
      region,
      key: key || undefined,
      stage: stage || undefined,
      version: version || undefined,
    };
  }
  if (scheme === "arn" && service === "ssm") {
    const [path = "", version] = parts.slice(5);
    const name = path.replace(/^parameter\//, "");
    // The ARN of `x` and of `/x` are the same; a path has its leading slash.
    const names = name.includes("/") ? [`/${name}`] : [name, `/${name}`];
    return { kind: "parameter", names, region, version: version || undefined };
  }
  const [name = "", version] = parts;
  return { kind: "parameter", names: [name], region: undefined, version: version || undefined };
}

type SecretPointer = Extract<SecretReference, { kind: "secret" }>;
type ParameterPointer = Extract<SecretReference, { kind: "parameter" }>;

/** Version id that has the stage. */
function staged({ VersionIdsToStages = {} }: DescribeSecretCommandOutput, stage: string): string | undefined {
  return Object.entries(VersionIdsToStages).find(([, stages]) => stages.includes(stage))?.[0];
}

async function describedSecret(clients: ClientSource, placement: Placement, secret: SecretPointer) {
  const { secrets } = await clients.of({ ...placement, region: secret.region });
  const target = { operation: "secretsmanager:DescribeSecret", resource: `the secret ${secret.id}` };
  const answer = await awsCall(target, (options) =>
    secrets.send(new DescribeSecretCommand({ SecretId: secret.id }), options),
  );
  const name = answer.Name ?? secret.id;
  if (answer.DeletedDate) return `The secret ${name} is scheduled for deletion.`;
  // Only versions with a stage are listed: AWS may delete the others at any time.
  if (secret.version && !answer.VersionIdsToStages?.[secret.version]) {
    return `The secret ${name} has no version ${secret.version}.`;
  }
  const stage = secret.stage ?? (secret.version ? undefined : "AWSCURRENT");
  if (stage && !staged(answer, stage)) return `The secret ${name} has no value in the stage ${stage}.`;
  return {
    kind: "secret",
    arn: answer.ARN ?? secret.id,
    name,
    key: secret.key ?? null,
    pinned: secret.version ?? null,
    version: staged(answer, secret.stage ?? "AWSCURRENT") ?? "",
    changedAt: answer.LastChangedDate ?? null,
  } satisfies SecretDescription;
}

/** Pages that one look may cost. AWS may answer an empty page, with a token, before the one that has what was asked for. */
const maxPages = 10;

type NameFilter = { option: "Equals" | "Contains"; values: string[] };

async function parameters(clients: ClientSource, placement: Placement, filter: NameFilter | undefined) {
  const { ssm } = await clients.of(placement);
  const resource = filter ? `the parameter ${filter.values[0] ?? ""}` : `the parameters of ${placement.region}`;
  const filters = filter ? [{ Key: "Name", Option: filter.option, Values: filter.values }] : undefined;
  return allPages(async (NextToken) => {
    const command = new DescribeParametersCommand({ ParameterFilters: filters, MaxResults: 50, NextToken });
    const page = await awsCall({ operation: "ssm:DescribeParameters", resource }, (options) =>
      ssm.send(command, options),
    );
    return { items: page.Parameters, next: page.NextToken };
  }, maxPages);
}

/** As AWS writes it; older answers carry no ARN. */
function parameterArn(
  { accountId, region }: Pick<Placement, "accountId" | "region">,
  { ARN, Name = "" }: ParameterMetadata,
) {
  return ARN ?? `arn:aws:ssm:${region}:${accountId}:parameter/${Name.replace(/^\//, "")}`;
}

async function describedParameter(clients: ClientSource, placement: Placement, pointer: ParameterPointer) {
  const place = { ...placement, region: pointer.region ?? placement.region };
  const [found] = await parameters(clients, place, { option: "Equals", values: pointer.names });
  const name = pointer.names[0] ?? "";
  if (!found) return `There is no parameter ${name}.`;
  const newest = found.Version ?? 0;
  if (pointer.version && /^\d+$/.test(pointer.version) && Number(pointer.version) > newest) {
    return `The parameter ${found.Name ?? name} has no version ${pointer.version}.`;
  }
  return {
    kind: "parameter",
    arn: parameterArn(place, found),
    name: found.Name ?? name,
    key: null,
    pinned: pointer.version ?? null,
    version: String(newest),
    changedAt: found.LastModifiedDate ?? null,
  } satisfies SecretDescription;
}

/** What is known of a reference without its value, or why it cannot be resolved. */
export async function describeSecret(
  clients: ClientSource,
  placement: Placement,
  valueFrom: string,
): Promise<SecretDescription | string> {
  const reference = parseReference(valueFrom);
  try {
    return reference.kind === "secret"
      ? await describedSecret(clients, placement, reference)
      : await describedParameter(clients, placement, reference);
  } catch (error) {
    if (!(error instanceof RuntimeFailure) || error.kind !== "not_found") throw error;
    return reference.kind === "secret" ? `There is no secret ${reference.id}.` : error.message;
  }
}

/** True, or why the reference cannot be resolved. Values are never read, so a missing JSON key goes unnoticed. */
export async function secretExists(
  clients: ClientSource,
  placement: Placement,
  valueFrom: string,
): Promise<true | string> {
  const answer = await describeSecret(clients, placement, valueFrom);
  return typeof answer === "string" ? answer : true;
}

type Choice = Pick<SecretDescription, "kind" | "arn" | "name">;

async function secretChoices(clients: ClientSource, placement: Placement): Promise<Choice[]> {
  const { secrets } = await clients.of(placement);
  const target = { operation: "secretsmanager:ListSecrets", resource: `the secrets of ${placement.region}` };
  const found = await allPages(async (NextToken) => {
    const page = await awsCall(target, (options) =>
      secrets.send(new ListSecretsCommand({ MaxResults: 100, NextToken }), options),
    );
    return { items: page.SecretList, next: page.NextToken };
  }, maxPages);
  return found.map((one) => ({ kind: "secret", arn: one.ARN ?? "", name: one.Name ?? "" }));
}

async function parameterChoices(clients: ClientSource, placement: Placement, search: string): Promise<Choice[]> {
  const filter: NameFilter | undefined = search === "" ? undefined : { option: "Contains", values: [search] };
  const found = await parameters(clients, placement, filter);
  return found.map((one) => ({ kind: "parameter", arn: parameterArn(placement, one), name: one.Name ?? "" }));
}

/** What may be listed of several lists; throws when none may, or when one fails otherwise. */
async function allowedOf(lists: readonly Promise<Choice[]>[]): Promise<Choice[][]> {
  const settled = await Promise.allSettled(lists);
  const failures = settled.flatMap((one) => (one.status === "rejected" ? [one.reason as Error] : []));
  const isDenied = (error: Error) => error instanceof RuntimeFailure && error.kind === "denied";
  const told = failures.find((one) => !isDenied(one)) ?? (failures.length === lists.length ? failures[0] : undefined);
  if (told) throw told;
  return settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
}

const mostChoices = 50;

/** Secrets and parameters to choose from, fifty of each, by a part of their names; a kind that may not be listed is left out. */
export async function listSecrets(clients: ClientSource, placement: Placement, search: string): Promise<Choice[]> {
  const part = search.toLowerCase();
  const kinds = await allowedOf([secretChoices(clients, placement), parameterChoices(clients, placement, search)]);
  return kinds.flatMap((all) =>
    all.filter((one) => one.arn !== "" && one.name.toLowerCase().includes(part)).slice(0, mostChoices),
  );
}
