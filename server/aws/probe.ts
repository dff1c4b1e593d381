import {
  RuntimeFailure,
  type Placement,
  type RegisteredTaskDefinition,
  type ServiceState,
} from "../deployments/ports.ts";
import type { PermissionCheck } from "../environments/ports.ts";
import { inTurns } from "./batches.ts";
import type { ClientSource } from "./clients.ts";
import { awsCall } from "./failure.ts";
import { actions, permissionOf, policyLine, type Action, type ReadAction } from "./permissions.ts";
import { probesOf, type ProbeSubject } from "./probes.ts";
import { ecrImageOf } from "./registry.ts";
import { parseReference } from "./secrets.ts";
import { placeName } from "./services.ts";

/** Calls at a time: far below what any of the services allows in a burst. */
const width = 4;

/** What to ask about, from what the service runs; made up where that could not be read. */
function subjectOf(
  placement: Placement,
  service: ServiceState | undefined,
  running: RegisteredTaskDefinition | undefined,
): ProbeSubject {
  const containers = running?.definition.containerDefinitions ?? [];
  const groups = containers.map((one) => one.logConfiguration?.options?.["awslogs-group"]);
  const images = containers
    .map((one) => ecrImageOf(one.image))
    .filter((image) => image?.account === placement.accountId);
  const references = containers.flatMap((one) => one.secrets ?? []).map((one) => parseReference(one.valueFrom));
  const secret = references.find((one) => one.kind === "secret");
  const [image] = images;
  return {
    placement,
    taskDefinitionArn: running?.arn ?? placement.ecsService,
    family: running?.definition.family ?? placement.ecsService,
    logGroup: groups.find((group) => group !== undefined),
    targetGroupArn: service?.targetGroupArns[0],
    image: image ? { repository: image.repository, digest: image.digest ?? `sha256:${"0".repeat(64)}` } : undefined,
    secretArn: secret?.id,
  };
}

type Outcome = Pick<PermissionCheck, "result" | "detail">;

/** "Not found" and "invalid" come after the permission was checked, so they say that it is there. */
function outcomeOf(error: unknown): Outcome {
  if (!(error instanceof RuntimeFailure)) throw error;
  if (error.kind === "denied") return { result: "denied", detail: error.message };
  if (error.kind === "not_found" || error.kind === "refused") return { result: "ok", detail: "Allowed." };
  return { result: "unknown", detail: error.message };
}

/**
 * Tries each permission that the portal needs for a target, by reads alone: what would change something is named and
 * not tried.
 */
export async function probe(
  source: ClientSource,
  placement: Placement,
  seen: { service?: ServiceState; running?: RegisteredTaskDefinition },
): Promise<PermissionCheck[]> {
  const clients = await source.of(placement);
  const probes = probesOf(clients, subjectOf(placement, seen.service, seen.running));

  async function check(action: Action): Promise<Outcome> {
    if (permissionOf(action).access === "write") {
      return { result: "unknown", detail: "It would change something, so it cannot be checked by reads." };
    }
    const ask = probes[action as ReadAction];
    if (!ask) return { result: "unknown", detail: "This service has nothing to ask it about." };
    return awsCall({ operation: action, resource: placeName(placement) }, ask).then(
      () => ({ result: "ok", detail: "Allowed." }) as const,
      outcomeOf,
    );
  }

  return inTurns(actions, width, async (action) => ({
    action,
    access: permissionOf(action).access,
    why: permissionOf(action).why,
    policy: policyLine(action, placement),
    ...(await check(action)),
  }));
}
