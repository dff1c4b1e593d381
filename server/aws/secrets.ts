import { DescribeSecretCommand } from "@aws-sdk/client-secrets-manager";
import { DescribeParametersCommand } from "@aws-sdk/client-ssm";
import { RuntimeFailure, type Placement } from "../deployments/ports.ts";
import type { ClientSource } from "./clients.ts";
import { awsCall } from "./failure.ts";

/** What a container's `valueFrom` points at. */
export type SecretReference =
  | { kind: "secret"; id: string; region: string; stage: string | undefined; version: string | undefined }
  | { kind: "parameter"; names: string[]; region: string | undefined };

/**
 * Reads a `valueFrom`: `arn:…:secretsmanager:…:secret:name[:json-key:stage:version]`, `arn:…:ssm:…:parameter/name`, or
 * the name of a parameter in the task's own region.
 */
export function parseReference(valueFrom: string): SecretReference {
  const parts = valueFrom.split(":");
  const [scheme, , service, region = ""] = parts;
  if (scheme === "arn" && service === "secretsmanager") {
    const [, stage, version] = parts.slice(7);
    return {
      kind: "secret",
      id: parts.slice(0, 7).join(":"),
      region,
      stage: stage || undefined,
      version: version || undefined,
    };
  }
  if (scheme === "arn" && service === "ssm") {
    const name = parts
      .slice(5)
      .join(":")
      .replace(/^parameter\//, "");
    // The ARN of `x` and of `/x` are the same; a path has its leading slash.
    return { kind: "parameter", names: name.includes("/") ? [`/${name}`] : [name, `/${name}`], region };
  }
  return { kind: "parameter", names: [valueFrom], region: undefined };
}

type SecretPointer = Extract<SecretReference, { kind: "secret" }>;

async function secretFound(clients: ClientSource, placement: Placement, secret: SecretPointer): Promise<true | string> {
  const { secrets } = await clients.of({ ...placement, region: secret.region });
  const target = { operation: "secretsmanager:DescribeSecret", resource: `the secret ${secret.id}` };
  const answer = await awsCall(target, (options) =>
    secrets.send(new DescribeSecretCommand({ SecretId: secret.id }), options),
  );
  if (answer.DeletedDate) return `The secret ${answer.Name ?? secret.id} is scheduled for deletion.`;
  const versions = answer.VersionIdsToStages ?? {};
  if (secret.version && !versions[secret.version])
    return `The secret ${answer.Name ?? secret.id} has no version ${secret.version}.`;
  const stage = secret.stage ?? (secret.version ? undefined : "AWSCURRENT");
  if (stage && !Object.values(versions).some((stages) => stages.includes(stage))) {
    return `The secret ${answer.Name ?? secret.id} has no value in the stage ${stage}.`;
  }
  return true;
}

/** True, or why the reference cannot be resolved. Values are never read, so a missing JSON key goes unnoticed. */
export async function secretExists(
  clients: ClientSource,
  placement: Placement,
  valueFrom: string,
): Promise<true | string> {
  const reference = parseReference(valueFrom);
  try {
    if (reference.kind === "secret") return await secretFound(clients, placement, reference);
    const { ssm } = await clients.of({ ...placement, region: reference.region ?? placement.region });
    const name = reference.names[0] ?? valueFrom;
    const command = new DescribeParametersCommand({
      ParameterFilters: [{ Key: "Name", Option: "Equals", Values: reference.names }],
      MaxResults: 50,
    });
    const target = { operation: "ssm:DescribeParameters", resource: `the parameter ${name}` };
    const answer = await awsCall(target, (options) => ssm.send(command, options));
    return (answer.Parameters ?? []).length > 0 ? true : `There is no parameter ${name}.`;
  } catch (error) {
    if (!(error instanceof RuntimeFailure) || error.kind !== "not_found") throw error;
    return reference.kind === "secret" ? `There is no secret ${reference.id}.` : error.message;
  }
}
