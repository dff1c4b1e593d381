import * as cloudwatch from "@aws-sdk/client-cloudwatch";
import * as logs from "@aws-sdk/client-cloudwatch-logs";
import * as ecr from "@aws-sdk/client-ecr";
import * as ecs from "@aws-sdk/client-ecs";
import * as elbv2 from "@aws-sdk/client-elastic-load-balancing-v2";
import * as secretsManager from "@aws-sdk/client-secrets-manager";
import * as ssm from "@aws-sdk/client-ssm";
import * as sts from "@aws-sdk/client-sts";
import { NormalizedSchema } from "@smithy/core/schema";

/** The SDK's own description of each service: one value `<Name>$` per operation and structure. */
const packages: Record<string, object> = {
  monitoring: cloudwatch,
  logs,
  ecr,
  ecs,
  elasticloadbalancing: elbv2,
  secretsmanager: secretsManager,
  ssm,
  sts,
};

/** An operation is `[9, namespace, name, traits, input, output]`, an error `[-3, namespace, name, traits, …]`. */
type StaticSchema = readonly [number, string, string, unknown, unknown, unknown];

function find(service: string, name: string): StaticSchema | undefined {
  const exported = packages[service] as Record<string, unknown> | undefined;
  const value = exported?.[`${name}$`];
  return Array.isArray(value) ? (value as unknown as StaticSchema) : undefined;
}

const inputs = new Map<string, NormalizedSchema | undefined>();

/** Input schema of an operation, undefined when the SDK does not know the operation. */
export function inputSchema(service: string, action: string): NormalizedSchema | undefined {
  const key = `${service}.${action}`;
  if (!inputs.has(key)) {
    const operation = find(service, action);
    inputs.set(key, operation && NormalizedSchema.of(unwrap(operation[4])));
  }
  return inputs.get(key);
}

function unwrap(schema: unknown): Parameters<typeof NormalizedSchema.of>[0] {
  return (typeof schema === "function" ? schema() : schema) as Parameters<typeof NormalizedSchema.of>[0];
}

type ErrorTraits = { awsQueryError?: [string, number]; httpError?: number };

/** Code in the query protocol and HTTP status of an error that the SDK models. */
export function errorTraits(service: string, type: string): ErrorTraits {
  const traits = find(service, type)?.[3];
  return typeof traits === "object" && traits !== null ? (traits as ErrorTraits) : {};
}
