import { AwsError } from "../contract.ts";
import type { Place, SecretResolver } from "../contract.ts";
import { homeOf } from "./place.ts";
import { versionOf } from "./secretsmanager/secrets.ts";
import type { Secrets } from "./secretsmanager/secrets.ts";
import { lookUp } from "./ssm/parameters.ts";
import type { Parameters } from "./ssm/parameters.ts";

const PREFIX = "unable to pull secrets or registry auth: execution resource retrieval failed: ";

function failure(message: string): AwsError {
  return new AwsError("ResourceInitializationError", `${PREFIX}${message}`);
}

/** What the ECS agent does with `secrets[].valueFrom` of a container; messages are the agent's. */
export function createSecretResolver(secrets: Secrets, parameters: Parameters): SecretResolver {
  return {
    resolve(valueFrom, place) {
      return valueFrom.startsWith("arn:aws:secretsmanager:")
        ? fromSecret(secrets, valueFrom)
        : fromParameter(parameters, valueFrom, place);
    },
  };
}

/** `arn:aws:secretsmanager:region:account:secret:name[:jsonKey[:stage[:versionId]]]` */
function fromSecret(secrets: Secrets, valueFrom: string): string {
  const [, , , region = "", accountId = "", , name = "", jsonKey, stage, versionId] = valueFrom.split(":");
  const arn = `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}`;
  let value: string;
  try {
    const secret = secrets.find({ accountId, region }, arn);
    if (secret.deletesAt !== undefined)
      throw new AwsError(
        "InvalidRequestException",
        "You can't perform this operation on the secret because it was marked for deletion.",
      );
    const [, version] = versionOf(secret, stage || undefined, versionId || undefined);
    value = version.string ?? Buffer.from(version.binary ?? "", "base64").toString("utf8");
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw failure(
      "unable to retrieve secret from asm: service call has been retried 1 time(s): " +
        `failed to fetch secret ${arn} from secrets manager: ${error.type}: ${error.message}`,
    );
  }
  return jsonKey ? keyOf(value, jsonKey, arn) : value;
}

function keyOf(value: string, key: string, arn: string): string {
  let document: unknown;
  try {
    document = JSON.parse(value);
  } catch {
    throw failure(
      `unable to retrieve secret from asm: retrieved secret from Secrets Manager is not valid JSON: ${arn}`,
    );
  }
  const found =
    typeof document === "object" && document !== null && Object.hasOwn(document, key)
      ? (document as Record<string, unknown>)[key]
      : undefined;
  if (found === undefined)
    throw failure(
      `unable to retrieve secret from asm: retrieved secret from Secrets Manager did not contain json key ${key}`,
    );
  return typeof found === "string" ? found : JSON.stringify(found);
}

function fromParameter(parameters: Parameters, valueFrom: string, place: Place): string {
  const [, , service, region = "", accountId = ""] = valueFrom.split(":");
  const home = valueFrom.startsWith("arn:") && service === "ssm" ? { accountId, region } : homeOf(place);
  try {
    return lookUp(parameters, home, valueFrom).version.value;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw failure(
      `unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: ${valueFrom}`,
    );
  }
}
